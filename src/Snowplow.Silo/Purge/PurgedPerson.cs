using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Silo.Forget;
using Snowplow.Streams;
using EventId = Snowplow.Events.Enriched.EventId;

namespace Snowplow.Silo.Purge;

/// <summary>
/// What of the files is a forgotten person's. An event is, if its user key is one of the person's or, where it has none, its session
/// key; so events of others in a session of several people stay.
/// </summary>
internal sealed class PurgedPerson(Erasure erasure)
{
    // Events of a payload that have no id of their tracker's and are still looked for by the id that follows from the payload's.
    private const int MostDerivedIds = 50;

    private readonly DateTimeOffset _until = erasure.ForgottenAt!.Value;
    private readonly HashSet<string> _eventIds = new(StringComparer.OrdinalIgnoreCase);
    private PersonText? _text;

    /// <summary>The erasure.</summary>
    public Erasure Erasure { get; } = erasure;

    /// <summary>The person's sessions in which others have events that stay: these must not be modelled in them again.</summary>
    public HashSet<string> SharedSessions { get; } = new(StringComparer.Ordinal);

    private ErasurePerson Person => Erasure.Person!;

    /// <summary>Whether a landed event is the person's.</summary>
    public bool Owns(EnrichedEvent e, EventKeys keys) =>
        (keys.User is { } user ? Person.Users.Contains(user) : keys.Session is { } session && Person.Sessions.Contains(session))
        && !(e.Timestamp(EventField.CollectorTstamp) > _until);

    /// <summary>Learns from a landed event, before anything is purged: the ids of the person's, and what others have in the person's sessions.</summary>
    public void Learn(EnrichedEvent e, EventKeys keys)
    {
        if (Owns(e, keys)) _eventIds.Add(e.Text(EventField.EventId) ?? "");
        else if (keys.Session is { } session && Person.Sessions.Contains(session) && !(e.Timestamp(EventField.CollectorTstamp) > _until)) SharedSessions.Add(session);
    }

    /// <summary>Whether a row of a table of events is the person's.</summary>
    public bool OwnsEventRow(RowKeys row) =>
        (row.UserKey is { } user ? Person.Users.Contains(user) : row.SessionKey is { } session && Person.Sessions.Contains(session))
        && !(row.CollectorTstamp > _until);

    /// <summary>Whether a key is the person's.</summary>
    public bool Has(string? key) => key is not null && (Person.Users.Contains(key) || Person.Sessions.Contains(key));

    /// <summary>Whether the person was asked for by an id.</summary>
    public bool IsAskedFor(string id) => Person.Id == id;

    /// <summary>Whether an intervention of a profile's key is the person's.</summary>
    public bool IsToldOf(string profileKey) => Person.Profiles.Any(profile => profile[(profile.IndexOf(':', StringComparison.Ordinal) + 1)..] == profileKey);

    /// <summary>Whether a text names the person.</summary>
    public bool IsNamedBy(ReadOnlySpan<byte> utf8) => Text.Names(utf8);

    /// <summary>Whether a bad row or failed event names the person, of a batch that begins early enough.</summary>
    public bool Names(string partition, long from, ReadOnlySpan<byte> line) => IsBefore(partition, from) && Text.Names(line);

    /// <summary>Whether a raw record has an event of the person, or names the person.</summary>
    public bool Owns(string partition, RawRecord record)
    {
        if (!IsBefore(partition, record.Position)) return false;
        if (CollectorPayloadReader.TryRead(record.Payload, out var payload, out _))
        {
            if (payload.IsForget) return payload.Body is { } body && body.Span.IndexOf(System.Text.Encoding.ASCII.GetBytes(Erasure.Receipt.ToString())) >= 0;
            if (payload.TimestampMs > _until.ToUnixTimeMilliseconds()) return false;
        }

        for (var i = 0; i < MostDerivedIds && record.PayloadId is { } id; i++)
            if (_eventIds.Contains(EventId.FromPayload(id, i).ToString())) return true;
        return Text.Names(record.Payload.Span);
    }

    /// <summary>The keys that an event which forgets still has to name; null where it is another erasure's.</summary>
    public IReadOnlyList<string>? StillNamed(EnrichedEvent forget) =>
        forget.Text(EventField.UnstructEvent)!.Contains(Erasure.Receipt.ToString(), StringComparison.Ordinal)
            ? [.. ForgetEvent.ReadKeys(forget).Where(SharedSessions.Contains)]
            : null;

    private PersonText Text => _text ??= new PersonText(
        [Person.Id, .. Person.Users.Select(UserKey.Identifier), .. Person.Sessions.Except(SharedSessions).Select(session => session[SessionKey.ClientPrefix.Length..]), .. _eventIds]);

    private bool IsBefore(string partition, long position) => position < Person.Ends.GetValueOrDefault(partition, long.MaxValue);
}
