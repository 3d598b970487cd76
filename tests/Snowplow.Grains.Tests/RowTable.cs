using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Model;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Tests;

/// <summary>A table of rows, as a reader sees it: the greatest version of each key.</summary>
/// <param name="Area">Where its files are.</param>
/// <param name="Key">The columns of its key.</param>
internal sealed record RowTable(string Area, params string[] Key)
{
    public static readonly RowTable[] All = [.. ModelTables.All.Select(table => new RowTable(table.Name, [.. table.Key]))];

    public static readonly RowTable Sessions = Of(LandingPath.Sessions);
    public static readonly RowTable Views = Of(LandingPath.Views);
    public static readonly RowTable Users = Of(LandingPath.Users);
    public static readonly RowTable UserMapping = Of(LandingPath.UserMapping);
    public static readonly RowTable ConsentUsers = Of(LandingPath.ConsentUsers);
    public static readonly RowTable Forgotten = Of(LandingPath.Forgotten);
    public static readonly RowTable Identities = Of(LandingPath.Identities);
    public static readonly RowTable IdentityMerges = Of(LandingPath.IdentityMerges);
    public static readonly RowTable ConsentLog = Of(LandingPath.ConsentLog);
    public static readonly RowTable Conversions = Of(LandingPath.Conversions);
    public static readonly RowTable WebVitals = Of(LandingPath.WebVitals);
    public static readonly RowTable AppErrors = Of(LandingPath.AppErrors);

    public static IEnumerable<JsonObject> Parse(ReadOnlySpan<byte> lines) =>
        Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject());

    public async Task<List<JsonObject>> ReadAsync(IBlobStore blobs)
    {
        var rows = new List<JsonObject>();
        await foreach (var batch in RowFiles.ReadRowsAsync(blobs, Area, CancellationToken.None)) rows.AddRange(Parse(batch.Lines.Span));
        return rows;
    }

    /// <summary>What is wrong with published rows.</summary>
    public IEnumerable<string> Differences(IEnumerable<JsonObject> published, IEnumerable<JsonObject> wanted)
    {
        var versions = published.Select(row => (Key: KeyOf(row), Revision: row["revision"]?.GetValue<long>() ?? 0, Content: ContentOf(row), IsOfNothing: IsOfNothing(row))).ToList();
        foreach (var version in versions.GroupBy(row => (row.Key, row.Revision)))
            if (version.Select(row => row.Content).Distinct().Count() > 1) yield return $"{Area}: {version.Key.Key} has two contents at revision {version.Key.Revision}.";

        var last = versions.GroupBy(row => row.Key).ToDictionary(rows => rows.Key, rows => rows.MaxBy(row => row.Revision));
        var expected = wanted.ToDictionary(KeyOf, ContentOf);
        foreach (var (key, content) in expected)
        {
            if (!last.TryGetValue(key, out var found)) yield return $"{Area}: {key} has no row.";
            else if (found.Content != content) yield return $"{Area}: {key} is\n  {found.Content}, wanted\n  {content}";
        }

        foreach (var (key, row) in last)
            if (!expected.ContainsKey(key) && !row.IsOfNothing) yield return $"{Area}: {key} is a row of nothing that landed: {row.Content}";
    }

    // Rows that say that there is nothing any more, and merges that were seen in between.
    private bool IsOfNothing(JsonObject row) => row["merged_into"] is not null || row["users"]?.GetValue<long>() == 0 || this == IdentityMerges;

    private static RowTable Of(string area) => All.Single(table => table.Area == area);

    private string KeyOf(JsonObject row) => string.Join(' ', Key.Select(column => row[column]!.GetValue<string>()));

    // Without what depends on the course of things.
    private static string ContentOf(JsonObject row)
    {
        var content = row.DeepClone().AsObject();
        content.Remove("revision");
        content.Remove("former_user_keys");
        content.Remove("former_belongs_to");
        foreach (var session in content["session_list"] as JsonArray ?? []) session!.AsObject().Remove("revision");
        return content.ToJsonString();
    }
}
