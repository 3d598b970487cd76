using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Sessions;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Users;

/// <summary>
/// The state of a user grain. What it says depends on the set of events applied and of session rows taken, not on their
/// order, within the bounds stated at <see cref="UserColumns"/>.
/// </summary>
/// <remarks>
/// Use as <see cref="SessionState"/>, with <see cref="TakeSessions"/> before a checkpoint's write and <see cref="Row"/> after
/// it. Copies of an event count once, by the same window. Not thread-safe.
/// </remarks>
public sealed class UserState
{
    /// <summary>The grain's key; see <see cref="UserKey"/>. Not part of the written state.</summary>
    [JsonIgnore]
    public string Key { get; set; } = "";

    /// <summary>How far the state has come in each partition.</summary>
    [JsonInclude, JsonPropertyName("p")]
    public Positions Positions { get; internal set; } = new();

    [JsonInclude, JsonPropertyName("r")]
    internal StateRevision Writes { get; set; } = new();

    [JsonInclude, JsonPropertyName("t")]
    internal long WatermarkMs { get; set; } = long.MinValue;

    [JsonInclude, JsonPropertyName("d")]
    internal EventIdWindow Counted { get; set; } = new();

    [JsonInclude, JsonPropertyName("a")]
    internal UserActivity Activity { get; set; } = new();

    [JsonInclude, JsonPropertyName("s")]
    internal UserSessions Sessions { get; set; } = new();

    /// <summary>Whether memory is ahead of the written state.</summary>
    [JsonIgnore]
    public bool HasChanges => Writes.HasChanges;

    /// <summary>The number of writes begun so far.</summary>
    [JsonIgnore]
    public long Revision => Writes.Number;

    /// <summary>Applies a landed batch: all of it, or nothing.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="after">The end of the last batch of the partition sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The batch's end.</param>
    /// <param name="events">The batch's events of this user.</param>
    public ApplyOutcome Apply(string partition, long after, long upTo, IReadOnlyList<EnrichedEvent> events)
    {
        var outcome = Positions.Check(partition, after, upTo);
        if (outcome != ApplyOutcome.Applied) return outcome;

        var facts = ArrayPool<EventFacts>.Shared.Rent(events.Count);
        try
        {
            for (var i = 0; i < events.Count; i++) facts[i] = EventFacts.Read(events[i]);
            for (var i = 0; i < events.Count; i++) Fold(facts[i]);
        }
        finally
        {
            ArrayPool<EventFacts>.Shared.Return(facts, clearArray: true);
        }

        Positions.Advance(partition, upTo);
        Writes.MarkChanged();
        return ApplyOutcome.Applied;
    }

    /// <summary>Whether the batch that ends at a position is in the state; if not, a checkpoint answers Behind.</summary>
    public bool HasApplied(string partition, long upTo) => Positions.HasReached(partition, upTo);

    /// <summary>
    /// Takes rows of sessions that are or were this user's: the newest revision of each stays; one that is merged away or now
    /// another user's goes.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="Key"/> is not set.</exception>
    public void TakeSessions(ImmutableArray<SessionRow> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(Key);
        foreach (var row in rows)
            if (Sessions.Take(row, Key)) Writes.MarkChanged();
    }

    /// <summary>Prepares a write: raises the revision.</summary>
    public void BeforeWrite() => Writes.BeforeWrite();

    /// <summary>Says that the write begun last is done.</summary>
    public void AfterWrite() => Writes.AfterWrite();

    /// <summary>The user's row, or null where no event has been applied.</summary>
    /// <exception cref="InvalidOperationException">There are changes that have not been written.</exception>
    public UserRow? Row()
    {
        Writes.ThrowIfChanged();
        return Current();
    }

    /// <summary>The user as memory has him, which may be ahead of his row, or null where no event has been applied.</summary>
    public UserRow? Current() => Activity.Entry is null ? null : this.ToRow();

    private void Fold(in EventFacts e)
    {
        WatermarkMs = Math.Max(WatermarkMs, e.WatermarkMs);
        var sighting = Counted.See(e.Identity, e.Order.DerivedMs, WatermarkMs, out _);
        Activity.Fold(e);
        if (sighting == Sighting.New) Activity.Counts.Add(e, 1);
    }
}
