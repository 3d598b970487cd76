using Snowplow.Model.Rules;

namespace Snowplow.Model.Sessions.Cuts;

/// <summary>
/// Makes the sessions that neighbouring ones become when they are cut elsewhere: what has the same events as before, and new ones
/// at most, goes on; all others are folded anew.
/// </summary>
internal sealed class SessionRebuild(SessionList sessions, List<Session> old, string userKey, ModelRules rules, string partition, long upTo)
{
    private readonly List<(Session Session, CutParts.Part Part)> _anew = [];

    /// <summary>The sessions of the parts, in order.</summary>
    public List<Session> Build(CutParts parts)
    {
        List<Session> built = [.. parts.All.Select(Of)];
        if (parts.EndsInexactly)
        {
            built[^1].Cut!.IsInexact = true;
            built[^1].Mark.Change(partition, upTo);
        }

        var gone = old.Except(built).ToList();
        foreach (var (session, part) in _anew) Inherit(session, part, gone);
        if (gone.Count > 0 && parts.All[0] is { Session: { } longer } first) Inherit(longer, first, gone);
        HandOnIds(gone);
        if (old.Count > 0 && !old.Contains(built[0])) built[0].WrittenPreviousId ??= old[0].WrittenPreviousId;
        return built;
    }

    private Session Of(CutParts.Part part)
    {
        var session = part.Session ?? WithAllOf(part.Events);
        if (session is null) _anew.Add((session = New(part.Events), part));
        var cut = session.Cut ??= new SessionCut();
        foreach (var e in part.Events)
        {
            if (e.From == session) continue;
            session.Fold(e.Facts, rules, partition, upTo);
            if (e.IsCounted) session.Count(e.Facts, rules);
            cut.Lines?.Add(e.Facts.Line.Line, e.IsCounted);
        }

        if (part.Events.Count > 0) (cut.Campaign, cut.CampaignMs) = (part.Open.Campaign, part.Open.CampaignMs);
        return session;
    }

    // The one old session all of whose events, and no others but new ones, are in a part that begins as it did.
    private static Session? WithAllOf(List<KeptEvent> events)
    {
        if (events[0].From is not { } from) return null;
        var count = 0;
        foreach (var e in events)
        {
            if (e.From == from) count++;
            else if (e.From is not null) return null;
        }

        return count == from.Cut!.Lines!.Count ? from : null;
    }

    private Session New(List<KeptEvent> events)
    {
        var startMs = events[0].TimeMs;
        return new Session
        {
            LateMark = old.Find(session => session.StartMs == startMs) is { } same ? same.LateMark : sessions.LateMark(events[0].Facts),
            Cut = new SessionCut { Lines = new KeptLines() },
        };
    }

    // Whichever partitions changed what the events were in, their checkpoints want what they are in now. And a row that belongs to
    // a view which is not kept any more stays that one's, but where that view is back with its event.
    private static void Inherit(Session session, CutParts.Part part, List<Session> gone)
    {
        foreach (var before in gone) session.Mark.ChangeWith(before.Mark);
        foreach (var view in session.ViewList.Kept)
            view.IsTaken |= gone.Exists(before => before.ViewList.Find(view.Hash) is { IsTaken: true, Own: { } own }
                && (view.Own is not { } now || now.Order.CompareTo(own.Order) >= 0 || part.Events.Exists(e => e.From is null && e.Order == now.Order)));
    }

    // A session that begins where one began keeps that one's row, also if that was merged away meanwhile. The others' rows say where
    // their first events are.
    private void HandOnIds(List<Session> gone)
    {
        foreach (var before in gone)
        {
            if (before.WrittenId is not { } id) continue;
            if (_anew.Find(made => made.Session.ServerCutId(userKey) == id).Session is { } heir)
                (heir.WrittenId, heir.WrittenUserKey, heir.WrittenPreviousId) = (id, before.WrittenUserKey, before.WrittenPreviousId);
            else
                sessions.Merged.Add(new MergedSession { Id = id, AtMs = SessionKey.StartMs(id, userKey) });
        }

        foreach (var (session, _) in _anew)
        {
            var id = session.ServerCutId(userKey);
            if (sessions.Merged.Find(merged => merged.Id == id) is not { } back) continue;
            session.WrittenId = id; // It may go once more before its row is written anew.
            session.Mark.ChangeWith(back.Mark);
            sessions.Merged.Remove(back);
        }
    }
}
