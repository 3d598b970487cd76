using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Rules.Fields;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Profiles;

/// <summary>
/// The state of a profile grain: all groups of one key for one value of it. What it shows depends on the set of events applied, not
/// on their order, within the bounds that the aggregates state; only a group with a time to live goes by the order of arrival where
/// events come late across a gap of that length, and interventions do.
/// </summary>
/// <remarks>
/// Goes by <c>derived_tstamp</c>, but not beyond <c>collector_tstamp</c>. Copies of an event count once, by the window of
/// <see cref="EventIdWindow"/>. Set <see cref="Key"/> and call <see cref="Use"/> before anything else; a checkpoint calls
/// <see cref="BeforeWrite"/>, writes, calls <see cref="AfterWrite"/> and takes <see cref="Interventions"/>. Not thread-safe.
/// </remarks>
public sealed class ProfileState
{
    private static readonly InterventionRule[] NoInterventions = [];

    // Half of the range, so that times can be subtracted from each other.
    private const long NoTime = long.MinValue / 2;

    private ProfileRules _rules = ProfileRules.None;

    private (AttributeGroup Group, GroupState State, InterventionRule[] Interventions)[] _groups = [];

    /// <summary>The grain's key: the name of the profile's key, a colon and its value. Not part of the written state.</summary>
    [JsonIgnore]
    public string Key { get; set; } = "";

    /// <summary>How far the state has come in each partition.</summary>
    [JsonInclude, JsonPropertyName("p")]
    internal Positions Positions;

    [JsonInclude, JsonPropertyName("r")]
    internal StateRevision Writes;

    [JsonInclude, JsonPropertyName("t")]
    internal long WatermarkMs { get; set; } = NoTime;

    [JsonInclude, JsonPropertyName("d")]
    internal EventIdWindow Counted { get; set; } = new();

    /// <summary>By the groups' names.</summary>
    [JsonInclude, JsonPropertyName("g")]
    internal Dictionary<string, GroupState> Groups { get; set; } = [];

    [JsonInclude, JsonPropertyName("i")]
    internal List<PendingIntervention> Pending { get; set; } = [];

    /// <summary>Up to when what was collected is forgotten; null where nothing was.</summary>
    [JsonInclude, JsonPropertyName("fg")]
    internal long? ForgottenMs { get; set; }

    /// <summary>Whether the profile's person was forgotten and nothing has come since.</summary>
    [JsonIgnore]
    public bool IsForgotten => ForgottenMs is not null && Groups.Values.All(group => !group.HasEvents);

    /// <summary>Whether memory is ahead of the written state.</summary>
    [JsonIgnore]
    public bool HasChanges => Writes.HasChanges;

    /// <summary>The number of writes begun so far.</summary>
    [JsonIgnore]
    public long Revision => Writes.Number;

    /// <summary>Goes on by these rules: attributes that have changed begin anew, those that are gone are forgotten.</summary>
    /// <exception cref="ArgumentException"><see cref="Key"/> is not set.</exception>
    public void Use(ProfileRules rules)
    {
        ArgumentException.ThrowIfNullOrEmpty(Key);
        _rules = rules;
        var groups = rules.OfKey(ProfileKey.NameOf(Key));
        Groups = groups.ToDictionary(group => group.Name, group => Groups.GetValueOrDefault(group.Name) ?? new GroupState());
        _groups = [.. groups.Select(group => (group, Groups[group.Name], InterventionsOf(group, rules)))];
        foreach (var (group, state, _) in _groups) state.Use(group);
    }

    /// <summary>Applies a landed batch: all of it, or nothing.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="after">The end of the last batch of the partition sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The batch's end.</param>
    /// <param name="events">The batch's events of this profile.</param>
    public ApplyOutcome Apply(string partition, long after, long upTo, IReadOnlyList<EnrichedEvent> events)
    {
        var outcome = Positions.Check(partition, after, upTo);
        if (outcome != ApplyOutcome.Applied) return outcome;

        var facts = ArrayPool<EventFacts>.Shared.Rent(events.Count);
        try
        {
            for (var i = 0; i < events.Count; i++) facts[i] = EventFacts.Read(events[i]);
            for (var i = 0; i < events.Count; i++) Fold(facts[i], partition, upTo);
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

    /// <summary>Prepares a write: raises the revision, and forgets the interventions whose ranges are finished.</summary>
    public void BeforeWrite()
    {
        Writes.BeforeWrite();
        Pending.RemoveAll(pending => Positions.IsFinished(pending.Partition, pending.UpTo));
    }

    /// <summary>Says that the write begun last is done.</summary>
    public void AfterWrite() => Writes.AfterWrite();

    /// <summary>The interventions that events of a partition's unfinished range brought, in their order: as often as that range is tried.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="finished">The start of the range being finished.</param>
    /// <exception cref="InvalidOperationException">There are changes that have not been written.</exception>
    public ImmutableArray<Intervention> Interventions(string partition, long finished)
    {
        Writes.ThrowIfChanged();
        Positions.Finish(partition, finished);
        if (Pending.Count == 0) return [];
        return [.. Pending.Where(pending => pending.Partition == partition && pending.UpTo > finished).Select(pending => pending.Intervention)];
    }

    /// <summary>The profile as memory has it: UTF-8 JSON; null where no event of the group has been applied, or there is no such group.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="nowMs">The time of reading, in milliseconds since 1970; where the newest event is later, its time counts.</param>
    public byte[]? Read(string group, long nowMs)
    {
        foreach (var (rules, state, _) in _groups)
        {
            if (rules.Name == group && state.HasEvents)
                return ProfileJson.Write(new ProfileMoment(rules, state, Math.Max(nowMs, WatermarkMs)), ProfileKey.ValueOf(Key));
        }

        return null;
    }

    private static InterventionRule[] InterventionsOf(AttributeGroup group, ProfileRules rules)
    {
        InterventionRule[] own = [.. rules.Interventions.Where(rule => rule.Group == group.Name)];
        return own.Length == 0 ? NoInterventions : own;
    }

    private void Fold(in EventFacts e, string partition, long upTo)
    {
        if (e.IsForget) Forget(e.CollectedMs);
        if (e.CollectedMs <= ForgottenMs) return;
        WatermarkMs = Math.Max(WatermarkMs, e.WatermarkMs);
        var line = new RuleEvent(e.Line);
        var order = e.Order with { DerivedMs = e.WatermarkMs };
        var sighting = Counted.See(e.Identity, e.WatermarkMs, WatermarkMs, out var countedAtMs);
        foreach (var (group, state, interventions) in _groups)
        {
            // Asked before as well: time alone may have made a condition false since the last event, or true.
            var before = interventions.Length == 0 ? 0 : Holding(interventions, group, state);
            state.Fold(group, line, order, sighting, countedAtMs, WatermarkMs);
            var begun = interventions.Length == 0 ? 0 : Holding(interventions, group, state) & ~before;
            for (var i = 0; begun >> i != 0; i++)
            {
                if ((begun >> i & 1) != 0)
                    Pending.Add(new PendingIntervention(partition, upTo, ProfileJson.Intervention(interventions[i], new ProfileMoment(group, state, WatermarkMs), Key, e)));
            }
        }
    }

    // As in SessionState: what was collected by then is no part of the profile, whenever it comes; and is told no more.
    private void Forget(long atMs)
    {
        if (ForgottenMs >= atMs) return;
        (ForgottenMs, WatermarkMs, Counted) = (atMs, NoTime, new EventIdWindow());
        Groups.Clear();
        Pending.Clear();
        Use(_rules);
    }

    // A bit for each condition that holds; the rules allow 64 interventions.
    private ulong Holding(InterventionRule[] interventions, AttributeGroup group, GroupState state)
    {
        var holding = 0UL;
        for (var i = 0; i < interventions.Length; i++)
        {
            if (interventions[i].When.Holds(new RuleEvent { Profile = new ProfileMoment(group, state, WatermarkMs) })) holding |= 1UL << i;
        }

        return holding;
    }
}
