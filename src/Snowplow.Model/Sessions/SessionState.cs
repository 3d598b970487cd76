using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Forgetting;
using Snowplow.Model.Rows;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions.Cuts;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Sessions;

/// <summary>
/// The state of a session grain: one client session, or the server-cut sessions of one user. What it says of sessions depends
/// on the set of events applied, not on their order or batches, within the bounds stated at <see cref="SessionColumns"/>.
/// </summary>
/// <remarks>
/// <para>Use: set <see cref="Key"/> on activation. <see cref="Apply"/> batches. At a checkpoint, if <see cref="HasChanges"/>:
/// <see cref="BeforeWrite"/>, write the state, <see cref="AfterWrite"/>; then <see cref="Rows"/>. A write that failed is
/// begun again with <see cref="BeforeWrite"/>; no <see cref="Apply"/> may come within a write. Not thread-safe.</para>
/// <para>Copies: lines with the same event_id and event_name are copies of one event, which counts once as long as
/// the window remembers it (6 hours of event time, 512 events). All copies take part in firsts, lasts, start, end, views and
/// heartbeats; the count is with the earliest copy's session.</para>
/// <para>Time is derived_tstamp. The newest event time, by which old things are given up, follows no event beyond its
/// collector_tstamp.</para>
/// </remarks>
public sealed class SessionState : IJsonOnSerializing, IJsonOnSerialized, IJsonOnDeserialized
{
    [ThreadStatic]
    private static (RowLines Sessions, RowLines Views, RowLines Forgotten)? _lines;

    /// <summary>The grain's key; see <see cref="SessionKey"/>. Not part of the written state.</summary>
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

    /// <summary>The version of the rules by which the state goes on.</summary>
    [JsonInclude, JsonPropertyName("v")]
    public int RulesVersion { get; internal set; }

    [JsonInclude, JsonPropertyName("x")]
    internal ExcerptPool? Excerpts { get; set; }

    [JsonInclude, JsonPropertyName("s")]
    internal SessionList Sessions { get; set; } = new();

    /// <summary>Null as long as the person was never forgotten.</summary>
    [JsonInclude, JsonPropertyName("fg")]
    internal Forgotten? Forgotten { get; set; }

    /// <summary>Whether memory is ahead of the written state.</summary>
    [JsonIgnore]
    public bool HasChanges => Writes.HasChanges;

    /// <summary>Whether the person was forgotten and nothing has come since: all that is left is positions and revision.</summary>
    [JsonIgnore]
    public bool IsForgotten => Forgotten is not null && Sessions.Live.Count == 0;

    /// <summary>The number of writes begun so far.</summary>
    [JsonIgnore]
    public long Revision => Writes.Number;

    [JsonIgnore]
    internal bool IsServerCut => !SessionKey.IsClientSession(Key);

    /// <summary>
    /// Goes on by these rules. Where they are others than before, the state changes, so that what is computed by them gets a
    /// version of its own; what is already in sums and texts stays.
    /// </summary>
    /// <param name="rules">The rules of all later calls.</param>
    public void Use(ModelRules rules)
    {
        Writes.BeginAt(rules.FirstRevision);
        if (RulesVersion == rules.Version) return;
        RulesVersion = rules.Version;
        if (Sessions.Live.Count == 0) return;
        foreach (var session in Sessions.Live)
        {
            session.Mark.ChangeByRules();
            foreach (var view in session.ViewList.Kept) view.Mark.ChangeByRules();
        }

        foreach (var merged in Sessions.Merged) merged.Mark.ChangeByRules();

        Writes.MarkChanged();
    }

    /// <summary>Leaves out whom a forgotten session belonged to, when all of them have been told: for a purge.</summary>
    public void LeaveOutFormerUsers() => Forgotten?.LeaveOutUsers();

    /// <summary>Applies a landed batch: all of it, or nothing.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="after">The end of the last batch of the partition sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The batch's end.</param>
    /// <param name="events">The batch's events of this grain.</param>
    /// <param name="rules">The same rules in every call.</param>
    public ApplyOutcome Apply(string partition, long after, long upTo, IReadOnlyList<EnrichedEvent> events, ModelRules rules)
    {
        ArgumentException.ThrowIfNullOrEmpty(Key);
        var outcome = Positions.Check(partition, after, upTo);
        if (outcome != ApplyOutcome.Applied) return outcome;

        var facts = ArrayPool<EventFacts>.Shared.Rent(events.Count);
        try
        {
            for (var i = 0; i < events.Count; i++) facts[i] = EventFacts.ReadForSession(events[i]);
            var cutter = IsServerCut && rules.Sessions.CutsDependOnEachOther ? new SessionCutter(Key, rules, partition, upTo) : null;
            for (var i = 0; i < events.Count; i++) Fold(facts[i], partition, upTo, rules, cutter);
            cutter?.Settle(Sessions);
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
    /// Prepares a write: raises the revision, gives the changed sessions their ids and version, and gives up what is beyond
    /// lateness and safe.
    /// </summary>
    /// <param name="rules">The same rules in every call.</param>
    public void BeforeWrite(ModelRules rules)
    {
        Writes.BeforeWrite();
        Forgotten?.Arrange(Writes.Number, Positions);
        Session? previous = null;
        foreach (var session in Sessions.Live)
        {
            var id = IdOf(session);
            if (IsServerCut) FollowOn(session, previous);
            previous = session;
            if (!session.Mark.IsChanged) continue;
            var (before, userBefore) = (session.WrittenId, session.WrittenUserKey);
            if (before is not null && before != id) Sessions.Merged.Add(new MergedSession { Id = before, AtMs = session.StartMs });
            session.WrittenId = id;
            session.RememberUser();
            session.ViewList.Arrange(session, before != id || userBefore != session.WrittenUserKey, Writes.Number);
            session.Mark.Stamp(Writes.Number);
        }

        foreach (var merged in Sessions.Merged)
        {
            if (Sessions.Covering(merged.AtMs) is { } into && into.WrittenId != merged.Into)
            {
                merged.Into = into.WrittenId;
                merged.Mark.ChangeWith(into.Mark);
            }

            if (merged.Mark.IsChanged) merged.Mark.Stamp(Writes.Number);
        }

        Sessions.GiveUp(WatermarkMs, Positions, rules.Sessions);
        Sessions.CloseViews(Positions);
        Sessions.GiveUpLines();
    }

    /// <summary>Says that the write begun last is done.</summary>
    public void AfterWrite() => Writes.AfterWrite();

    /// <summary>
    /// The rows of a partition's checkpoint: sessions that its events from its unfinished range on have changed, and the ids
    /// that were merged away meanwhile. Asked again, the same rows come again.
    /// </summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="finished">The start of the range being finished: all before it has been loaded.</param>
    /// <param name="rules">The same rules in every call.</param>
    /// <exception cref="InvalidOperationException">There are changes that have not been written.</exception>
    public SessionStateRows Rows(string partition, long finished, ModelRules rules)
    {
        Writes.ThrowIfChanged();
        Positions.Finish(partition, finished);
        var summaries = ImmutableArray.CreateBuilder<SessionSummary>();
        // Not there for the next state if something is thrown meanwhile: half a row must not become another's.
        var (sessionLines, viewLines, forgottenLines) = _lines ?? (new RowLines(), new RowLines(), new RowLines());
        _lines = null;
        foreach (var session in Sessions.Live)
        {
            if (!session.Mark.ChangedSince(partition, finished)) continue;
            var measures = SessionMeasures.Of(session, rules);
            summaries.Add(SessionSummary.Of(session, measures, IsServerCut, Forgotten?.Users));
            sessionLines.Write(session, session.WrittenId!, measures, this, rules);
            foreach (var view in session.ViewList.Kept)
            {
                if (view.Own is not null && view.Mark.ChangedSince(partition, finished) && Sessions.IsFirstOf(view, session))
                    viewLines.Write(view, session, this, rules);
            }
        }

        foreach (var merged in Sessions.Merged)
        {
            if (!merged.Mark.ChangedSince(partition, finished)) continue;
            summaries.Add(SessionSummary.Of(merged, Key));
            sessionLines.Write(merged, this, rules);
        }

        if (Forgotten is { } forgotten && forgotten.Mark.ChangedSince(partition, finished))
        {
            forgottenLines.WriteForgotten(ForgottenKind.Session, Key, forgotten, rules.Generation);
            if (forgotten.Users is not null && Sessions.Live.Count == 0)
                summaries.Add(SessionSummary.Of(forgotten, Key[SessionKey.ClientPrefix.Length..]));
        }

        var rows = new SessionStateRows(summaries.DrainToImmutable(), sessionLines.Take(), viewLines.Take(), forgottenLines.Take());
        _lines = (sessionLines, viewLines, forgottenLines);
        return rows;
    }

    /// <summary>
    /// A session's row as memory has it (UTF-8 JSON, <see cref="SessionRow"/>), which may be ahead of its rows (the revision is
    /// the last one written), or null where this state does not hold it, or no more.
    /// </summary>
    /// <param name="sessionIdentifier">The session's id; an id merged away gives the row that says so.</param>
    /// <param name="rules">The same rules in every call.</param>
    public byte[]? Current(string sessionIdentifier, ModelRules rules)
    {
        foreach (var session in Sessions.Live)
            if (IdOf(session) is var id && (id == sessionIdentifier || session.WrittenId == sessionIdentifier))
                return Row(session, rules);
        return Sessions.Merged.Find(merged => merged.Id == sessionIdentifier) is { } gone ? Line(lines => lines.Write(gone, this, rules)) : null;
    }

    /// <summary>Likewise of the session that is last in time, or null where there is none.</summary>
    /// <param name="rules">The same rules in every call.</param>
    public byte[]? Latest(ModelRules rules) => Sessions.Live is [.., var last] ? Row(last, rules) : null;

    void IJsonOnSerializing.OnSerializing()
    {
        Excerpts = new ExcerptPool();
        foreach (var excerpt in Sessions.Excerpts()) Excerpts.Add(excerpt);
    }

    void IJsonOnSerialized.OnSerialized() => Excerpts = null;

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var excerpt in Sessions.Excerpts()) excerpt.Resolve(Excerpts ?? throw new JsonException("A state that names excerpts has none."));
        Excerpts = null;
    }

    private byte[] Row(Session session, ModelRules rules) =>
        Line(lines => lines.Write(session, IdOf(session), SessionMeasures.Of(session, rules), this, rules));

    private static byte[] Line(Action<RowLines> write)
    {
        var lines = new RowLines();
        write(lines);
        return lines.Take()[..^1];
    }

    private void Fold(in EventFacts e, string partition, long upTo, ModelRules rules, SessionCutter? cutter)
    {
        if (e.IsForget) Forget(e, partition, upTo, cutter);
        if (Forgotten.Covers(Forgotten, e.CollectedMs)) return;
        WatermarkMs = Math.Max(WatermarkMs, e.WatermarkMs);
        var sighting = Counted.See(e.Identity, e.Order.DerivedMs, WatermarkMs, out var countedAtMs);
        if (cutter is not null)
        {
            cutter.Fold(Sessions, e, sighting, countedAtMs);
            return;
        }

        var session = IsServerCut ? Sessions.At(e, rules.Sessions) : Sessions.OfClient();
        session.Fold(e, rules, partition, upTo);
        if (sighting == Sighting.New) session.Count(e, rules);
        if (sighting != Sighting.EarlierCopy || Sessions.Covering(countedAtMs) is not { } countedIn) return;
        countedIn.Uncount(e);
        countedIn.Mark.Change(partition, upTo);
        session.Count(e, rules);
    }

    // Positions and revision stay: what comes again is known, and the rows of a later visitor win.
    private void Forget(in EventFacts e, string partition, long upTo, SessionCutter? cutter)
    {
        var after = Forgotten.After(Forgotten, e, partition, upTo);
        if (after == Forgotten) return;
        // A user of server-cut sessions has the state's own key, and is forgotten by the same event.
        foreach (var session in IsServerCut ? [] : Sessions.Live) after.Tell(session);
        (Forgotten, WatermarkMs, Counted, Sessions) = (after, long.MinValue, new EventIdWindow(), new SessionList());
        cutter?.Forget();
    }

    // The session before may be one that was given up.
    private void FollowOn(Session session, Session? previous)
    {
        var isGivenUp = Sessions.HorizonMs < session.StartMs && !(previous?.EndMs > Sessions.HorizonMs);
        var id = isGivenUp ? Sessions.HorizonId : previous is null ? session.WrittenPreviousId : IdOf(previous);
        if (session.WrittenPreviousId == id) return;
        session.WrittenPreviousId = id;
        if (!isGivenUp && session.WrittenId is not null) session.Mark.ChangeWith(previous!.Mark);
    }

    private string IdOf(Session session)
    {
        if (IsServerCut) return session.ServerCutId(Key);
        var id = Key.AsSpan(SessionKey.ClientPrefix.Length);
        return session.WrittenId is { } written && id.SequenceEqual(written) ? written : id.ToString();
    }
}
