using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Forgetting;
using Snowplow.Model.Identity;
using Snowplow.Model.Rows;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Users;

/// <summary>
/// The state of a user grain. What it says depends on the set of events applied and of session rows taken, not on their
/// order, within the bounds stated at <see cref="UserColumns"/>.
/// </summary>
/// <remarks>
/// Use as <see cref="SessionState"/>, with <see cref="TakeSessions"/> before a checkpoint's write and <see cref="Rows"/> after
/// it. Copies of an event count once, by the same window. Not thread-safe.
/// </remarks>
public sealed class UserState : IJsonOnSerializing, IJsonOnSerialized, IJsonOnDeserialized
{
    [ThreadStatic]
    private static RowLines? _lines;

    private ModelRules _rules = ModelRules.Default;

    /// <summary>The grain's key; see <see cref="UserKey"/>. Not part of the written state.</summary>
    [JsonIgnore]
    public string Key { get; set; } = "";

    /// <summary>How far the state has come in each partition.</summary>
    [JsonInclude, JsonPropertyName("p")]
    internal Positions Positions;

    [JsonInclude, JsonPropertyName("r")]
    internal StateRevision Writes;

    [JsonInclude, JsonPropertyName("t")]
    internal long WatermarkMs { get; set; } = long.MinValue;

    [JsonInclude, JsonPropertyName("d")]
    internal EventIdWindow Counted { get; set; } = new();

    /// <summary>What the rows have as model_generation.</summary>
    [JsonIgnore]
    internal int Generation => _rules.Generation;

    [JsonIgnore]
    internal ImmutableArray<SeenIdentity> HeldIdentities => Identities?.Held(_rules) ?? [];

    /// <summary>The version of the rules by which the state goes on.</summary>
    [JsonInclude, JsonPropertyName("v")]
    public int RulesVersion { get; internal set; }

    [JsonInclude, JsonPropertyName("x")]
    internal ExcerptPool? Excerpts { get; set; }

    [JsonInclude, JsonPropertyName("a")]
    internal UserActivity Activity { get; set; } = new();

    [JsonInclude, JsonPropertyName("s")]
    internal UserSessions Sessions { get; set; } = new();

    /// <summary>Of the row of user_mapping.</summary>
    [JsonInclude, JsonPropertyName("lk")]
    internal RowMark LoginMark;

    /// <summary>Null as long as there is no event of consent.</summary>
    [JsonInclude, JsonPropertyName("co")]
    internal UserConsent? Consent { get; set; }

    /// <summary>Null as long as there was none.</summary>
    [JsonInclude, JsonPropertyName("id")]
    internal UserIdentities? Identities { get; set; }

    /// <summary>Null as long as the person was never forgotten.</summary>
    [JsonInclude, JsonPropertyName("fg")]
    internal Forgotten? Forgotten { get; set; }

    /// <summary>Whether memory is ahead of the written state.</summary>
    [JsonIgnore]
    public bool HasChanges => Writes.HasChanges;

    /// <summary>Whether the person was forgotten and nothing has come since: all that is left is positions and revision.</summary>
    [JsonIgnore]
    public bool IsForgotten => Forgotten is not null && Activity.Entry is null && Sessions.Count == 0;

    /// <summary>The number of writes begun so far.</summary>
    [JsonIgnore]
    public long Revision => Writes.Number;

    /// <summary>Goes on by these rules; where they are others than before, the row gets a version of its own.</summary>
    /// <param name="rules">The rules of all later calls.</param>
    public void Use(ModelRules rules)
    {
        _rules = rules;
        Writes.BeginAt(rules.FirstRevision);
        if (RulesVersion == rules.Version) return;
        RulesVersion = rules.Version;
        if (Activity.Entry is not null) Writes.MarkChanged();
    }

    /// <summary>Leaves out the identities that the user had before; once they all have been told that they are not his any more.</summary>
    public void LeaveOutFormerIdentities() => Identities?.Former.Clear();

    /// <summary>Applies a landed batch: all of it, or nothing.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="after">The end of the last batch of the partition sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The batch's end.</param>
    /// <param name="events">The batch's events of this user.</param>
    /// <param name="rules">The same rules in every call.</param>
    public ApplyOutcome Apply(string partition, long after, long upTo, IReadOnlyList<EnrichedEvent> events, ModelRules rules)
    {
        var outcome = Positions.Check(partition, after, upTo);
        if (outcome != ApplyOutcome.Applied) return outcome;

        var facts = ArrayPool<EventFacts>.Shared.Rent(events.Count);
        try
        {
            for (var i = 0; i < events.Count; i++) facts[i] = EventFacts.Read(events[i]);
            for (var i = 0; i < events.Count; i++) Fold(facts[i], partition, upTo, rules);
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
    /// Takes what rows say of sessions that are or were this user's: the newest revision of each stays; one that is merged away or now
    /// another user's goes. Rows of what was collected before the user was forgotten are not taken.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="Key"/> is not set.</exception>
    public void TakeSessions(ImmutableArray<SessionSummary> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(Key);
        foreach (var row in rows)
            if (!Forgotten.Covers(Forgotten, row.CollectedMs) && Sessions.Take(row, Key)) Writes.MarkChanged();
    }

    /// <summary>Prepares a write: raises the revision and gives it to the rows that have changed.</summary>
    public void BeforeWrite()
    {
        Writes.BeforeWrite();
        Stamp(ref LoginMark);
        if (Consent is { } consent) Stamp(ref consent.Mark);
        Identities?.Arrange(Writes.Number, Positions);
        Forgotten?.Arrange(Writes.Number, Positions);
    }

    /// <summary>Says that the write begun last is done.</summary>
    public void AfterWrite() => Writes.AfterWrite();

    /// <summary>
    /// The rows of a partition's checkpoint: the user's, and those of his mapping and consent that events of the partition's
    /// unfinished range have changed. Null where no event has been applied.
    /// </summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="finished">The start of the range being finished: all before it has been loaded.</param>
    /// <exception cref="InvalidOperationException">There are changes that have not been written.</exception>
    public UserStateRows? Rows(string partition, long finished)
    {
        Writes.ThrowIfChanged();
        Positions.Finish(partition, finished);
        var isForgotten = Forgotten?.Mark.ChangedSince(partition, finished) == true;
        if (Activity.Entry is null && !isForgotten) return null;
        var lines = _lines ?? new RowLines();
        _lines = null; // As in SessionState.
        if (Activity.Entry is not null) lines.WriteUser(this);
        var user = lines.Take();
        if (LoginMark.ChangedSince(partition, finished)) lines.WriteMapping(this);
        var mapping = lines.Take();
        if (Consent?.Mark.ChangedSince(partition, finished) == true) lines.WriteConsent(this);
        var consent = lines.Take();
        if (isForgotten) lines.WriteForgotten(ForgottenKind.User, Key, Forgotten!, Generation);
        var rows = new UserStateRows(user, mapping, consent, lines.Take(), ToldIdentities(partition, finished));
        _lines = lines;
        return rows;
    }

    /// <summary>
    /// The user's row as memory has it (UTF-8 JSON, <see cref="UserRow"/>), which may be ahead of what was written, or null
    /// where no event has been applied.
    /// </summary>
    public byte[]? Current()
    {
        if (Activity.Entry is null) return null;
        var lines = new RowLines();
        lines.WriteUser(this);
        return lines.Take()[..^1];
    }

    void IJsonOnSerializing.OnSerializing()
    {
        Excerpts = new ExcerptPool();
        foreach (var excerpt in AllExcerpts()) Excerpts.Add(excerpt);
    }

    void IJsonOnSerialized.OnSerialized() => Excerpts = null;

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var excerpt in AllExcerpts()) excerpt.Resolve(Excerpts ?? throw new JsonException("A state that names excerpts has none."));
        Excerpts = null;
    }

    private UserIdentitySummary? ToldIdentities(string partition, long finished) =>
        Identities is { } identities && identities.Mark.ChangedSince(partition, finished) ? identities.Tell(Key, _rules) : null;

    private IEnumerable<Excerpt> AllExcerpts() =>
        Activity is { Entry: { } entry, Exit: { } exit } ? [entry.Page, entry.Device, exit.Page, exit.Device] : [];

    private void Stamp(ref RowMark mark)
    {
        if (mark.IsChanged) mark.Stamp(Writes.Number);
        else mark.Settle(Positions);
    }

    private void Fold(in EventFacts e, string partition, long upTo, ModelRules rules)
    {
        if (e.IsForget) Forget(e, partition, upTo);
        if (Forgotten.Covers(Forgotten, e.CollectedMs)) return;
        WatermarkMs = Math.Max(WatermarkMs, e.WatermarkMs);
        var isNew = Counted.See(e.Identity, e.Order.DerivedMs, WatermarkMs, out _) == Sighting.New;
        var login = Activity.Login;
        Activity.Fold(e, rules);
        if (isNew) Activity.Counts.Add(e, 1);
        Identities = UserIdentities.Fold(Identities, e, rules, partition, upTo);
        if (Activity.Login != login) LoginMark.Change(partition, upTo);
        if (!UserConsent.IsOf(e)) return;
        Consent ??= new UserConsent();
        Consent.Fold(e, isNew);
        Consent.Mark.Change(partition, upTo);
    }

    // As in SessionState.
    private void Forget(in EventFacts e, string partition, long upTo)
    {
        var after = Forgotten.After(Forgotten, e, partition, upTo);
        if (after == Forgotten) return;
        (Forgotten, WatermarkMs, Counted, Activity) = (after, long.MinValue, new EventIdWindow(), new UserActivity());
        (Sessions, Consent, LoginMark) = (new UserSessions(), null, default);
        Identities = UserIdentities.Forget(Identities, partition, upTo);
    }
}
