using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Snowplow.EndToEnd.Tests.Enriched;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>Where each event has ended: how many lines of the enriched files and how many bad rows there are of it.</summary>
internal sealed partial class Outcomes
{
    private readonly Dictionary<string, int> _enriched;
    private readonly Dictionary<string, int> _bad;

    private Outcomes(IReadOnlyList<TsvEvent> events, IReadOnlyList<JsonNode> badRows)
    {
        _enriched = events.CountBy(e => e.Id).ToDictionary();
        _bad = badRows.SelectMany(EventIds).CountBy(id => id).ToDictionary();
    }

    /// <summary>Reads the files as they are.</summary>
    public static Outcomes Of(DataFolder data) => Of(data.EnrichedEvents(), data.BadRows());

    /// <summary>Takes what has been read.</summary>
    public static Outcomes Of(IReadOnlyList<TsvEvent> events, IReadOnlyList<JsonNode> badRows) => new(events, badRows);

    /// <summary>The events of which there is neither a line nor a bad row.</summary>
    public IReadOnlyList<string> Lost(IEnumerable<string> ids) => [.. ids.Where(id => !_enriched.ContainsKey(id) && !_bad.ContainsKey(id))];

    /// <summary>The events of which there is more than one line or bad row.</summary>
    public IReadOnlyList<string> Doubled() =>
    [
        .. from id in _enriched.Keys.Union(_bad.Keys)
           let lines = _enriched.GetValueOrDefault(id)
           let rows = _bad.GetValueOrDefault(id)
           where lines + rows > 1
           select $"{id}: {lines} lines, {rows} bad rows",
    ];

    /// <summary>The ids of the events that a bad row is about, as the trackers sent them; each once.</summary>
    private static IEnumerable<string> EventIds(JsonNode row) =>
        EventId().Matches(row["data"]!["payload"]!.ToJsonString()).Select(match => match.Groups[1].Value).Distinct();

    // Whether the event stands there as a parameter, as an enriched field, or in the body of a request that could not be read.
    [GeneratedRegex("""(?:"name":"eid","value":"|"event_id":"|\\u0022eid\\u0022:\s*\\u0022)([0-9a-f-]{36})""")]
    private static partial Regex EventId();
}
