using Snowplow.Grains.Live;

namespace Snowplow.Silo.Api;

/// <summary>The newest events and bad rows of the live feed, for those who begin to watch when nothing comes. Not thread-safe.</summary>
internal sealed class RecentFeed
{
    /// <summary>Events that are kept at most.</summary>
    public const int MostEvents = 50;

    /// <summary>Bad rows that are kept at most.</summary>
    public const int MostBadRows = 10;

    private readonly Queue<LiveEvent> _events = new(MostEvents + 1);
    private readonly Queue<LiveBadRow> _badRows = new(MostBadRows + 1);

    /// <summary>Takes what a batch shows.</summary>
    public void Add(LiveBatch batch)
    {
        Add(_events, batch.Events, MostEvents);
        Add(_badRows, batch.BadRows, MostBadRows);
    }

    /// <summary>Leaves out the events of some users and sessions, and all bad rows, which do not tell whose they are.</summary>
    public void Forget(IReadOnlySet<string> keys)
    {
        LiveEvent[] kept = [.. _events.Where(e => !keys.Contains(e.User ?? "") && !keys.Contains(e.Session ?? ""))];
        _events.Clear();
        Add(_events, kept, MostEvents);
        _badRows.Clear();
    }

    /// <summary>What is kept, the oldest first; null while there is nothing.</summary>
    public LiveRecentMessage? Message() => _events.Count + _badRows.Count == 0
        ? null
        : new LiveRecentMessage([.. _events.Select(LiveEventMessage.Of)], [.. _badRows.Select(LiveBadRowMessage.Of)]);

    private static void Add<T>(Queue<T> kept, IEnumerable<T> added, int most)
    {
        foreach (var item in added)
        {
            kept.Enqueue(item);
            if (kept.Count > most)
                kept.Dequeue();
        }
    }
}
