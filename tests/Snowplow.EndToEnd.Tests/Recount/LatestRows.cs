using System.Text.Json.Nodes;

namespace Snowplow.EndToEnd.Tests.Recount;

/// <summary>Reads rows as their readers must: of each key the highest version.</summary>
internal static class LatestRows
{
    /// <summary>The row of the highest version (model generation, revision) of each key.</summary>
    /// <param name="key">The key columns, separated by spaces.</param>
    /// <param name="rows">All rows, in any order, repetitions included.</param>
    /// <exception cref="ShouldAssertException">Two rows of one version differ.</exception>
    public static Dictionary<string, JsonNode> By(string key, IEnumerable<JsonNode> rows) =>
        rows.GroupBy(row => string.Join(' ', key.Split(' ').Select(column => row[column]!.GetValue<string>()))).ToDictionary(
            versions => versions.Key,
            versions =>
            {
                var latest = versions.MaxBy(Version)!;
                foreach (var same in versions.Where(row => Version(row) == Version(latest)))
                    JsonNode.DeepEquals(same, latest).ShouldBeTrue($"two rows of one version differ:\n{same.ToJsonString()}\n{latest.ToJsonString()}");
                return latest;
            });

    private static (long Generation, long Revision) Version(JsonNode row) =>
        (row["model_generation"]!.GetValue<long>(), row["revision"]?.GetValue<long>() ?? 0);
}
