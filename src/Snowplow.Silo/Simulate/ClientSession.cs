namespace Snowplow.Silo.Simulate;

/// <summary>The session as the tracker counts it, for the parameters and the client_session entity.</summary>
internal sealed class ClientSession
{
    /// <summary>The visitor's id: <c>duid</c> in browsers, the installation's id in apps; all zeros when anonymous.</summary>
    public required Guid UserId { get; init; }

    /// <summary><c>COOKIE_1</c> in browsers, <c>SQLITE</c> in apps.</summary>
    public required string Storage { get; init; }

    /// <summary>The session's id (<c>sid</c>).</summary>
    public Guid Id { get; private set; }

    /// <summary>The session before; null in the first.</summary>
    public Guid? PreviousId { get; private set; }

    /// <summary>Number of the session, from 1 (<c>vid</c>).</summary>
    public int Index { get; private set; }

    /// <summary>Number of the last event of the session, from 1.</summary>
    public int EventIndex { get; private set; }

    /// <summary>Id of the session's first event.</summary>
    public Guid FirstEventId { get; private set; }

    /// <summary>The device's time at the session's first event.</summary>
    public DateTime FirstEventTime { get; private set; }

    /// <summary>Begins a new session; the next event counted is its first.</summary>
    public void Renew(Guid id)
    {
        PreviousId = Index == 0 ? null : Id;
        Id = id;
        Index++;
        EventIndex = 0;
    }

    /// <summary>Counts an event; <paramref name="deviceTime"/> in milliseconds since the epoch.</summary>
    public void Count(Guid eventId, long deviceTime)
    {
        if (EventIndex++ > 0)
            return;
        FirstEventId = eventId;
        FirstEventTime = DateTimeOffset.FromUnixTimeMilliseconds(deviceTime).UtcDateTime;
    }
}
