using System.Globalization;
using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Tests.Profiles;

/// <summary>What attributes are by a plain reading of all events at once: the definition, without state.</summary>
internal static class ProfileOracle
{
    private static readonly string[] Aggregations =
    [
        "counter", "sum", "mean", "min", "max", "first", "last", "most_frequent", "least_frequent", "category_count", "approx_count_distinct",
        "unique_list", "time_since_first", "time_since_last",
    ];

    private static readonly int[] Periods = [0, 600, 3600];

    /// <summary>Each aggregation for a lifetime and two periods, of titles or totals.</summary>
    public static string Attributes => string.Join(',', from aggregation in Aggregations
                                                        from period in Periods
                                                        let value = Property(aggregation) is { } name ? $", \"property\": \"{name}\"" : ""
                                                        let window = period == 0 ? "" : $", \"period\": {period}"
                                                        select $"{{ \"name\": \"{aggregation}_{period}\", \"aggregation\": \"{aggregation}\"{value}{window} }}");

    public static JsonObject Expected(IReadOnlyList<TestEvent> events, DateTimeOffset now)
    {
        var expected = new JsonObject();
        foreach (var aggregation in Aggregations)
            foreach (var period in Periods)
                expected[$"{aggregation}_{period}"] = Value(aggregation, period, events, now);
        return expected;
    }

    private static JsonNode? Value(string aggregation, int period, IReadOnlyList<TestEvent> events, DateTimeOffset now)
    {
        var bucket = TimeSpan.FromSeconds(period) / 30;
        var isExact = aggregation is "last" or "unique_list" or "time_since_last";
        var start = now - TimeSpan.FromSeconds(period);
        if (!isExact && period > 0) start = DateTimeOffset.UnixEpoch + Math.Floor((start - DateTimeOffset.UnixEpoch) / bucket) * bucket;
        bool InWindow(TestEvent e) => period == 0 || e.Time >= start;

        var copies = events.Where(InWindow).OrderBy(e => e.Time).ThenBy(e => Guid.Parse(e.Id).ToString(), StringComparer.Ordinal).ToArray();
        var once = events.GroupBy(e => e.Id).Select(copy => copy.MinBy(e => e.Time)!).Where(InWindow).ToArray();
        var numbers = once.Where(e => Total(e) is not null).Select(e => Total(e)!.Value).ToArray();
        var titles = once.Where(e => e.Title is not null).GroupBy(e => e.Title!).OrderBy(title => title.Key, StringComparer.Ordinal).ToArray();
        var titled = copies.Where(e => e.Title is not null).ToArray();
        switch (aggregation)
        {
            case "counter":
                return once.Length;
            case "sum":
                return numbers.Length == 0 ? null : Plain(numbers.Sum());
            case "mean":
                return numbers.Length == 0 ? null : (double)(numbers.Sum() / numbers.Length);
            case "min" or "max":
                var all = copies.Select(Total).OfType<decimal>().ToArray();
                return all.Length == 0 ? null : Plain(aggregation == "min" ? all.Min() : all.Max());
            case "first" or "last":
                return (aggregation == "first" ? titled.FirstOrDefault() : titled.LastOrDefault())?.Title;
            case "most_frequent" or "least_frequent":
                // The first hundred of all titles of each bucket; the histories of these tests have fewer in all.
                return aggregation == "most_frequent" ? titles.MaxBy(title => title.Count())?.Key : titles.MinBy(title => title.Count())?.Key;
            case "category_count":
                return new JsonObject(titles.Select(title => KeyValuePair.Create(title.Key, (JsonNode?)title.Count())));
            case "approx_count_distinct":
                return titled.Select(e => e.Title).Distinct().Count();
            case "unique_list":
                return new JsonArray([.. titled.GroupBy(e => e.Title!).OrderByDescending(title => title.Max(e => e.Time)).ThenBy(title => title.Key, StringComparer.Ordinal)
                    .Select(title => (JsonNode?)title.Key).Take(100)]);
            default:
                var edge = aggregation == "time_since_first" ? copies.FirstOrDefault() : copies.LastOrDefault();
                return edge is null ? null : Plain((decimal)(now - edge.Time).TotalMilliseconds / 1000m);
        }
    }

    // Without zeros at the end.
    private static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;

    private static string? Property(string aggregation) => aggregation switch
    {
        "counter" or "time_since_first" or "time_since_last" => null,
        "sum" or "mean" or "min" or "max" => "tr_total",
        _ => "page_title",
    };

    private static decimal? Total(TestEvent e) =>
        e.Fields.GetValueOrDefault(EventField.TrTotal) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
}
