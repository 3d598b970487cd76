using System.Text.Json.Serialization;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Sessions.Cuts;
using Snowplow.Model.Touches;
using Snowplow.Model.Views;

namespace Snowplow.Model.Sessions;

/// <summary>
/// The sessions of a state in order of time. A client session is alone; server-cut ones are the runs of events with no more
/// than the inactivity gap (and, where the rules say so, no midnight) between neighbours, which depends on the set of events
/// alone: an event that comes late joins its neighbours, and joins them to each other where it bridges them. Where rules cut
/// runs further, by campaign or length, <see cref="SessionCutter"/> does it.
/// </summary>
internal sealed class SessionList
{
    /// <summary>Sessions kept though nothing asks for it but their lateness; the oldest of more are given up earlier.</summary>
    internal const int Capacity = 256;

    /// <summary>Lines of events kept by all sessions together, where rules ask for them.</summary>
    internal const int MaxLines = 1000;

    /// <summary>Bytes of these, compressed.</summary>
    internal const int MaxLineBytes = 96 << 10;

    /// <summary>By start; no two overlap or could be one.</summary>
    [JsonPropertyName("l")]
    public List<Session> Live { get; set; } = new(1);

    [JsonPropertyName("m")]
    public List<MergedSession> Merged { get; set; } = [];

    /// <summary>The end of the latest session given up, if any; one that begins before may have been part of it.</summary>
    [JsonPropertyName("h")]
    public long? HorizonMs { get; set; }

    /// <summary>The id of that session.</summary>
    [JsonPropertyName("hi")]
    public string? HorizonId { get; set; }

    /// <summary>The one session of a client.</summary>
    public Session OfClient()
    {
        if (Live.Count == 0) Live.Add(new Session());
        return Live[0];
    }

    /// <summary>The server-cut session to which an event belongs, made or merged if need be. The event is still to be folded.</summary>
    public Session At(in EventFacts e, SessionRules rules)
    {
        var time = e.Order.DerivedMs;
        var next = FirstAfter(time);
        var before = next > 0 && rules.AreTogether(Live[next - 1].EndMs, time) ? Live[next - 1] : null;
        var after = next < Live.Count && rules.AreTogether(time, Live[next].StartMs) ? Live[next] : null;

        if (before is null && after is null)
        {
            var session = new Session { LateMark = LateMark(e) };
            Live.Insert(next, session);
            return session;
        }

        if (before is null)
        {
            after!.LateMark = LateMark(e);
            return after;
        }

        if (after is not null)
        {
            if (after.WrittenId is { } id) Merged.Add(new MergedSession { Id = id, AtMs = after.StartMs });
            before.Merge(after);
            Live.RemoveAt(next);
        }

        return before;
    }

    /// <summary>A new session after all others, for an event that is still to be folded.</summary>
    public Session Append(in EventFacts e)
    {
        var session = new Session { LateMark = LateMark(e), Cut = new SessionCut { Lines = new KeptLines() } };
        Live.Add(session);
        return session;
    }

    /// <summary>Puts sessions in the place of others that had the same events.</summary>
    public void Replace(int first, int count, List<Session> with)
    {
        Live.RemoveRange(first, count);
        Live.InsertRange(first, with);
    }

    /// <summary>The session that covers a time, or null.</summary>
    public Session? Covering(long timeMs)
    {
        var next = FirstAfter(timeMs);
        return next > 0 && timeMs <= Live[next - 1].EndMs ? Live[next - 1] : null;
    }

    /// <summary>All excerpts that the sessions keep, some of them several times.</summary>
    public IEnumerable<Excerpt> Excerpts()
    {
        foreach (var session in Live)
        {
            foreach (var touch in new[] { session.Entry, session.Exit }.OfType<Touch>())
            {
                yield return touch.Page;
                yield return touch.Device;
            }

            foreach (var view in session.ViewList.Kept)
            {
                if (view.Own is not { } own) continue;
                yield return own.Page;
                yield return own.Device;
            }
        }
    }

    /// <summary>Whether no earlier own event of the same view is, or was, in another session.</summary>
    public bool IsFirstOf(View view, Session session)
    {
        if (view.IsTaken) return false;
        foreach (var other in Live)
        {
            if (other != session && other.ViewList.Find(view.Hash)?.Own is { } own && own.Order.CompareTo(view.Own!.Value.Order) < 0) return false;
        }

        return true;
    }

    /// <summary>Leaves a view's row as it is, though it is not kept any more: later views of the same id in other sessions do not get it.</summary>
    public void KeepRowOf(View view, Session session)
    {
        if (view.Own is not { } own || Live.Count == 1) return;
        foreach (var other in Live)
        {
            if (other != session && other.ViewList.Find(view.Hash) is { Own: { } later } same && own.Order.CompareTo(later.Order) < 0) same.IsTaken = true;
        }
    }

    /// <summary>Closes the earliest views of all sessions as long as there are too many.</summary>
    public void CloseViews(Positions positions)
    {
        var count = Live.Sum(session => session.ViewList.Kept.Count);
        var bytes = Live.Sum(session => session.ViewList.Kept.Sum(view => view.Length));
        foreach (var session in Live)
        {
            session.Mark.Settle(positions);
            foreach (var view in session.ViewList.Close(positions, ref count, ref bytes) ?? []) KeepRowOf(view, session);
        }
    }

    /// <summary>Gives up the lines of the earliest sessions as long as there are too many: the cuts of these stay from then on.</summary>
    public void GiveUpLines()
    {
        var (count, bytes) = (0, 0);
        for (var i = Live.Count - 1; i >= 0; i--)
        {
            if (Live[i].Cut is not { Lines: { } lines } cut) continue;
            count += lines.Count;
            bytes += lines.Length;
            if (count > MaxLines || bytes > MaxLineBytes) cut.Lines = null;
        }
    }

    /// <summary>
    /// Forgets what nobody needs: sessions beyond lateness whose rows are safe, the oldest of those above
    /// <see cref="Capacity"/>, and merged-away ids whose rows are safe.
    /// </summary>
    public void GiveUp(long watermarkMs, Positions positions, SessionRules rules)
    {
        var closedBefore = watermarkMs - rules.LatenessMs - rules.InactivityGapMs;
        var excess = Live.Count - Capacity;
        for (var i = 0; i < Live.Count && (Live[i].EndMs < closedBefore || excess > 0);)
        {
            if (!Live[i].Mark.Settle(positions))
            {
                i++;
                continue;
            }

            if (HorizonMs is null || Live[i].EndMs > HorizonMs) (HorizonMs, HorizonId) = (Live[i].EndMs, Live[i].WrittenId);
            foreach (var view in Live[i].ViewList.Kept) KeepRowOf(view, Live[i]);
            Live.RemoveAt(i);
            excess--;
        }

        Merged.RemoveAll(merged => merged.Mark.Settle(positions));
    }

    /// <summary>The index of the first session that starts after a time.</summary>
    public int FirstAfter(long timeMs)
    {
        var (low, high) = (0, Live.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Live[middle].StartMs <= timeMs) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>What the id of a session has that begins with an event (<see cref="SessionKey"/>).</summary>
    public uint? LateMark(in EventFacts e) => e.Order.DerivedMs <= HorizonMs ? (uint)e.Identity : null;
}
