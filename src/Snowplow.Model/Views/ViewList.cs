using System.Text.Json.Serialization;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Views;

/// <summary>The views of one session, of which the last are kept; see <see cref="ViewColumns"/> for the bound, which is the state's.</summary>
internal sealed class ViewList
{
    internal const int Capacity = 128;
    internal const int MaxBytes = 128 << 10;

    // From here on a search through all would take too long.
    private const int ManyViews = 64;

    // Of the kept ones, where they are many.
    private Dictionary<ulong, View>? _byHash;

    /// <summary>In no order until <see cref="Arrange"/>; then by own event, those without one last.</summary>
    [JsonPropertyName("l")]
    public List<View> Kept { get; set; } = [];

    /// <summary>How many views with an own event have been closed: their rows stay as they are.</summary>
    [JsonPropertyName("n")]
    public long Closed { get; set; }

    /// <summary>The latest own event of those closed. A view that is not kept and has its own event no later has been closed.</summary>
    [JsonPropertyName("h")]
    public EventOrder? Horizon { get; set; }

    /// <summary>Foreground seconds of closed screens.</summary>
    [JsonPropertyName("f")]
    public long ClosedForeground { get; set; }

    /// <summary>How many views with an own event there were at the last write.</summary>
    [JsonPropertyName("c")]
    public long WrittenCount { get; set; }

    /// <summary>Whether there were more at the last write than are kept.</summary>
    [JsonPropertyName("b")]
    public bool IsBeyondBound { get; set; }

    /// <summary>How many views with an own event the session has.</summary>
    [JsonIgnore]
    public long Count => Closed + Kept.Count(view => view.Own is not null);

    /// <summary>Seconds in the foreground over all screens, each rounded down.</summary>
    [JsonIgnore]
    public long ForegroundSeconds => ClosedForeground + Kept.Sum(view => (long)(view.Screen?.ForegroundSec ?? 0));

    public void Fold(in EventFacts e, ref EventExcerpts excerpts, string partition, long upTo)
    {
        if (e.ViewId == 0) return;
        var view = Find(e.ViewId);
        if (view is null)
        {
            // A copy of an event that began a closed view must not take that view's row.
            if (e.IsView && Horizon is { } horizon && !e.Follows(horizon)) return;
            Add(view = View.Of(e));
        }

        view.Fold(e, ref excerpts);
        view.Mark.Change(partition, upTo);
    }

    public View? Find(ulong hash)
    {
        if (Kept.Count >= ManyViews)
        {
            _byHash ??= Kept.ToDictionary(view => view.Hash);
            return _byHash.GetValueOrDefault(hash);
        }

        for (var i = Kept.Count - 1; i >= 0; i--)
            if (Kept[i].Hash == hash) return Kept[i];
        return null;
    }

    public void Merge(ViewList other)
    {
        foreach (var view in other.Kept)
        {
            if (Find(view.Hash) is { } known) known.Merge(view);
            else Add(view);
        }

        Closed += other.Closed;
        ClosedForeground += other.ClosedForeground;
        IsBeyondBound |= other.IsBeyondBound;
        if (Horizon is null || other.Horizon?.CompareTo(Horizon.Value) > 0) Horizon = other.Horizon;
    }

    /// <summary>
    /// Before a write: finds the views' places, and changes the rows that show what is new of their session or of their neighbours.
    /// </summary>
    /// <param name="session">The session, which has changed.</param>
    /// <param name="allRowsChange">Whether something that every row shows has changed.</param>
    /// <param name="revision">The write's.</param>
    public void Arrange(Session session, bool allRowsChange, long revision)
    {
        Kept.Sort(static (a, b) => a.Own is { } first && b.Own is { } second ? first.Order.CompareTo(second.Order)
            : a.Own is null ? b.Own is null ? a.Hash.CompareTo(b.Hash) : 1 : -1);
        var count = Count;
        allRowsChange |= count != WrittenCount;
        WrittenCount = count;
        var settling = Settling();
        for (var i = 0; i < Kept.Count; i++)
        {
            var view = Kept[i];
            if (view.Own is { } own && (i >= settling || view.Written is null || view.Mark.IsChanged))
            {
                var isBehind = Horizon is { } horizon && own.Order.CompareTo(horizon) <= 0;
                var place = new ViewPlace(
                    isBehind && view.Written is { } written ? written.Index : Closed + i + 1, count, IsBeyondBound, isBehind, !session.Pings.IsExact);
                if (allRowsChange || view.Written?.Index != place.Index) view.Mark.ChangeWith(session.Mark);
                if (view.Mark.IsChanged) view.Written = place;
            }

            if (view.Mark.IsChanged) view.Mark.Stamp(revision);
        }
    }

    /// <summary>
    /// Closes the earliest views as long as there are too many, if their rows are safe, and forgets the earliest that never had
    /// an own event.
    /// </summary>
    /// <param name="positions">Tell which rows are safe.</param>
    /// <param name="count">How many views the state has.</param>
    /// <param name="bytes">How many bytes of texts they have.</param>
    /// <returns>Those closed; null where there are none.</returns>
    public List<View>? Close(Positions positions, ref int count, ref int bytes)
    {
        List<View>? closed = null;
        var (left, leftBytes) = (count, bytes);
        var gone = Kept.RemoveAll(view =>
        {
            if (!view.Mark.Settle(positions) || (left <= Capacity && leftBytes <= MaxBytes)) return false;
            left--;
            leftBytes -= view.Length;
            Leave(view);
            (closed ??= []).Add(view);
            return true;
        });
        (count, bytes) = (left, leftBytes);
        if (gone > 0) _byHash = null;
        return closed;
    }

    private void Add(View view)
    {
        if (Kept.Count == 0) Kept.Capacity = 1;
        Kept.Add(view);
        _byHash?.Add(view.Hash, view);
    }

    private void Leave(View view)
    {
        ClosedForeground += (long)(view.Screen?.ForegroundSec ?? 0);
        if (view.Own is not { } own) return;
        Closed++;
        if (Horizon is null || own.Order.CompareTo(Horizon.Value) > 0) Horizon = own.Order;
    }

    // How many of the first views are beyond the bound and have rows that say so: these are left in peace, for what changes with
    // each write is never safe to close.
    private int Settling()
    {
        var (count, bytes) = (Kept.Count, Kept.Sum(view => view.Length));
        var wasBeyond = IsBeyondBound;
        IsBeyondBound = Closed > 0 || count > Capacity || bytes > MaxBytes;
        var settling = 0;
        for (; wasBeyond && (count > Capacity || bytes > MaxBytes); settling++)
        {
            count--;
            bytes -= Kept[settling].Length;
        }

        return settling;
    }
}
