using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Snowplow.EndToEnd.Tests.Enriched;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>Where each event has ended: how many lines of the enriched files, bad rows and failed events there are of it.</summary>
internal sealed partial class Outcomes
{
    /// <summary>What the processor's version begins with, in these tests, where failed events are on.</summary>
    public const string VersionsWithFailedEvents = "9.1.";

    private readonly Dictionary<string, int> _enriched;
    private readonly Dictionary<string, int> _bad;
    private readonly Dictionary<string, int> _failed;

    // The events that must have a failed one beside their bad row.
    private readonly HashSet<string> _mustFail;

    private Outcomes(IReadOnlyList<TsvEvent> events, IReadOnlyList<JsonNode> badRows, IReadOnlyList<TsvEvent> failed)
    {
        _enriched = events.CountBy(e => e.Id).ToDictionary();
        _bad = badRows.SelectMany(EventIds).CountBy(id => id).ToDictionary();
        _failed = failed.CountBy(e => e.Id).ToDictionary();
        _mustFail = [.. badRows.Where(MustFail).SelectMany(EventIds)];
    }

    /// <summary>Reads the files as they are.</summary>
    public static Outcomes Of(DataFolder data) => Of(data.EnrichedEvents(), data.BadRows(), data.FailedEvents());

    /// <summary>Takes what has been read.</summary>
    public static Outcomes Of(IReadOnlyList<TsvEvent> events, IReadOnlyList<JsonNode> badRows, IReadOnlyList<TsvEvent> failed) => new(events, badRows, failed);

    /// <summary>The events of which there is neither a line nor a bad row.</summary>
    public IReadOnlyList<string> Lost(IEnumerable<string> ids) => [.. ids.Where(id => !_enriched.ContainsKey(id) && !_bad.ContainsKey(id))];

    /// <summary>The events of which there is more than one line or bad row, or more than one failed event.</summary>
    public IReadOnlyList<string> Doubled() =>
    [
        .. from id in _enriched.Keys.Union(_bad.Keys)
           let lines = _enriched.GetValueOrDefault(id)
           let rows = _bad.GetValueOrDefault(id)
           where lines + rows > 1
           select $"{id}: {lines} lines, {rows} bad rows",
        .. _failed.Where(failed => failed.Value > 1).Select(failed => $"{failed.Key}: {failed.Value} failed events"),
    ];

    /// <summary>
    /// Where failed events and bad rows do not belong together. For the files of a process that ended in order: after a crash, what
    /// was not committed may be in the one and not in the other.
    /// </summary>
    public IReadOnlyList<string> Unmatched() =>
    [
        .. _mustFail.Except(_failed.Keys).Select(id => $"{id}: a bad row without its failed event"),
        .. _failed.Keys.Except(_mustFail).Select(id => $"{id}: a failed event without its bad row"),
    ];

    /// <summary>How many events have failed ones.</summary>
    public int FailedCount => _failed.Count;

    private static bool MustFail(JsonNode row) =>
        row["schema"]!.GetValue<string>().Split('/')[1] is "schema_violations" or "enrichment_failures"
        && row["data"]!["processor"]!["version"]!.GetValue<string>().StartsWith(VersionsWithFailedEvents, StringComparison.Ordinal);

    /// <summary>The ids of the events that a bad row is about, as the trackers sent them; each once.</summary>
    private static IEnumerable<string> EventIds(JsonNode row) =>
        EventId().Matches(row["data"]!["payload"]!.ToJsonString()).Select(match => match.Groups[1].Value).Distinct();

    // Whether the event stands there as a parameter, as an enriched field, or in the body of a request that could not be read.
    [GeneratedRegex("""(?:"name":"eid","value":"|"event_id":"|\\u0022eid\\u0022:\s*\\u0022)([0-9a-f-]{36})""")]
    private static partial Regex EventId();
}
