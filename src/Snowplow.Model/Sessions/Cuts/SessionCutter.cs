using Snowplow.Model.Events;
using Snowplow.Model.Rules;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Sessions.Cuts;

/// <summary>
/// Takes a batch's events into server-cut sessions under rules by which cuts depend on each other. An event at the end, and one
/// that leaves all cuts where they are, is folded in at once; all others of the batch together at its end (<see cref="Settle"/>),
/// so that lines are read, and the sessions behind cut and folded anew, once for a batch.
/// </summary>
internal sealed class SessionCutter(string userKey, ModelRules rules, string partition, long upTo)
{
    private readonly List<KeptEvent> _late = [];

    // By session: whose count has moved to an earlier copy, and when they were counted.
    private readonly Dictionary<Session, HashSet<(ulong Identity, long TimeMs)>> _uncounted = [];

    /// <summary>Forgets what waits.</summary>
    public void Forget()
    {
        _late.Clear();
        _uncounted.Clear();
    }

    /// <summary>Takes an event.</summary>
    public void Fold(SessionList sessions, in EventFacts e, Sighting sighting, long countedAtMs)
    {
        var isCounted = sighting == Sighting.New || (sighting == Sighting.EarlierCopy && Uncount(sessions, e, countedAtMs));
        var campaign = rules.Sessions.NewCampaign ? Campaign.Of(e.Line) : 0;
        if (Place(sessions, e, campaign) is { } session) Take(session, e, campaign, isCounted);
        else _late.Add(new KeptEvent(e, campaign, isCounted, from: null));
    }

    /// <summary>Has all cuts where they belong. To be called at a batch's end.</summary>
    public void Settle(SessionList sessions)
    {
        foreach (var (session, counted) in _uncounted) session.Cut?.Lines?.Uncount(counted);
        _uncounted.Clear();
        _late.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        for (var next = 0; next < _late.Count;) next = CutAnew(sessions, next);
        _late.Clear();
    }

    // The session that takes an event without moving a cut; null where there is none.
    private Session? Place(SessionList sessions, in EventFacts e, ulong campaign)
    {
        var (time, isPing) = (e.Order.DerivedMs, e.Kind == EventKind.PagePing);
        if (sessions.Live is [.., var last] && time <= last.EndMs)
            return sessions.Covering(time) is { Cut: { } cut } covering && (campaign == 0 || cut.Allows(campaign, isPing, time)) ? covering : null;
        return sessions.Live is [.., var open] && !OpenSession.Of(open).EndsBefore(rules.Sessions, time, isPing ? 0 : campaign) ? open : sessions.Append(e);
    }

    private void Take(Session session, in EventFacts e, ulong campaign, bool isCounted)
    {
        session.Fold(e, rules, partition, upTo);
        if (isCounted) session.Count(e, rules);
        var cut = session.Cut ??= new SessionCut();
        cut.Lines?.Add(e.Line.Line, isCounted);
        if (campaign != 0 && cut.CampaignMs is null) (cut.Campaign, cut.CampaignMs) = (campaign, e.Order.DerivedMs);
    }

    // Takes back what was counted for a later copy, if that is still known.
    private bool Uncount(SessionList sessions, in EventFacts e, long countedAtMs)
    {
        var identity = e.Identity;
        if (_late.Find(late => late.IsCounted && late.TimeMs == countedAtMs && late.Facts.Identity == identity) is { } waiting)
        {
            waiting.IsCounted = false;
            return true;
        }

        if (sessions.Covering(countedAtMs) is not { } session) return false;
        session.Uncount(e);
        session.Mark.Change(partition, upTo);
        if (!_uncounted.TryGetValue(session, out var counted)) _uncounted[session] = counted = [];
        counted.Add((identity, countedAtMs));
        return true;
    }

    // From the session before the next late event on, until a session begins where it did; returns the late event that is then the next.
    private int CutAnew(SessionList sessions, int next)
    {
        var (live, before) = (sessions.Live, sessions.FirstAfter(_late[next].TimeMs) - 1);
        var (first, end) = (Math.Max(before, 0), before + 1);
        var parts = new CutParts(rules.Sessions);
        List<KeptEvent> events = [];
        if (before >= 0)
        {
            if (live[before].Cut?.Lines is { } lines) events = Read(live[before], lines);
            else if (_late[next].TimeMs > live[before].EndMs) parts.GoOnWith(live[before]);
            else
            {
                Join(live[before], _late[next]);
                return next + 1;
            }
        }

        while (true)
        {
            var untilMs = end < live.Count ? live[end].StartMs : long.MaxValue;
            for (; next < _late.Count && _late[next].TimeMs < untilMs; next++) events.Add(_late[next]);
            parts.Add(events);
            if (end == live.Count || !rules.Sessions.AreTogether(parts.Open.EndMs, untilMs)) break;
            if (live[end].Cut?.Lines is not { } lines)
            {
                var cut = live[end].Cut ??= new SessionCut();
                if (parts.Open.EndsBefore(rules.Sessions, untilMs, cut.CampaignMs == untilMs ? cut.Campaign : 0)) break;
                // Two that should be one: this one has no lines to be folded from.
                cut.IsInexact = parts.EndsInexactly = true;
                live[end].Mark.Change(partition, upTo);
                break;
            }

            events = Read(live[end], lines);
            if (parts.Begins(events)) break;
            end++;
        }

        var old = live.GetRange(first, end - first);
        sessions.Replace(first, old.Count, new SessionRebuild(sessions, old, userKey, rules, partition, upTo).Build(parts));
        return next;
    }

    // The session keeps no lines, so its cuts stay.
    private void Join(Session session, KeptEvent late)
    {
        Take(session, late.Facts, late.Campaign, late.IsCounted);
        session.Cut!.IsInexact = true;
    }

    private List<KeptEvent> Read(Session session, KeptLines lines)
    {
        var batch = lines.Read();
        var events = new List<KeptEvent>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
            events.Add(new KeptEvent(
                EventFacts.ReadForSession(batch[i]), rules.Sessions.NewCampaign ? Campaign.Of(batch[i]) : 0, lines.IsCounted(i), session));
        events.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return events;
    }
}
