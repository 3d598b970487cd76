namespace Snowplow.Model.Sessions.Cuts;

/// <summary>The session being cut, while events are gone through in order: all that the rules need to know of it.</summary>
/// <param name="StartMs">Its first event's time.</param>
/// <param name="EndMs">Its last event's time so far.</param>
/// <param name="Campaign">The campaign of its first event that has one; 0 for none.</param>
/// <param name="CampaignMs">The time of that event.</param>
internal readonly record struct OpenSession(long StartMs, long EndMs, ulong Campaign, long? CampaignMs)
{
    /// <summary>A session as far as it has come.</summary>
    public static OpenSession Of(Session session) => new(session.StartMs, session.EndMs, session.Cut?.Campaign ?? 0, session.Cut?.CampaignMs);

    /// <summary>Whether the next event begins another session.</summary>
    /// <param name="rules">By what sessions are cut.</param>
    /// <param name="timeMs">The event's time, later than <see cref="EndMs"/>.</param>
    /// <param name="brought">The campaign that it brings; 0 for none.</param>
    public bool EndsBefore(SessionRules rules, long timeMs, ulong brought) =>
        !rules.AreTogether(EndMs, timeMs) || timeMs - StartMs > rules.MaxLengthMs || (brought != 0 && brought != Campaign);

    /// <summary>The same for all events of one time: they stay together, and one that begins a session takes the others with it.</summary>
    public bool EndsBefore(SessionRules rules, ReadOnlySpan<KeptEvent> sameTime)
    {
        foreach (var e in sameTime)
            if (EndsBefore(rules, e.TimeMs, e.Brings ? e.Campaign : 0)) return true;
        return false;
    }

    /// <summary>The session with events of one time more.</summary>
    public OpenSession With(ReadOnlySpan<KeptEvent> sameTime)
    {
        var open = this with { EndMs = sameTime[0].TimeMs };
        foreach (var e in sameTime)
            if (open.Campaign == 0 && e.Campaign != 0) open = open with { Campaign = e.Campaign, CampaignMs = e.TimeMs };
        return open;
    }

    /// <summary>The session that events of one time begin.</summary>
    public static OpenSession Begin(ReadOnlySpan<KeptEvent> sameTime) =>
        new OpenSession(sameTime[0].TimeMs, sameTime[0].TimeMs, 0, null).With(sameTime);
}
