using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Recount;

/// <summary>Holds the warehouse against the files that landed.</summary>
internal static class WarehouseAgreement
{
    private static readonly (string Table, string Key)[] Versioned =
        [("sessions", "session_identifier"), ("views", "session_key view_id"), ("users", "user_key"), ("user_mapping", "user_key"), ("consent_users", "user_key"), ("identities", "identity")];

    /// <summary>Fails unless <c>snowplow query</c> gives each landed event once, all bad rows, and the latest version of every row.</summary>
    /// <param name="data">The folder of a stopped product.</param>
    public static async Task WarehouseShouldAgreeWithFilesAsync(this DataFolder data)
    {
        string[] queries =
        [
            "events | summarize keys=make_list(event_id)",
            "bad_rows | summarize keys=count()",
            .. Versioned.Select(table => $"{table.Table} | summarize keys=make_list(strcat({table.Key.Replace(" ", ",' ',", StringComparison.Ordinal)}, ' ', model_generation, ' ', revision))"),
        ];
        var output = await ChildProcess.RunAsync(
            "dotnet", [Built.Executable, "query", string.Join("; ", queries), "--data", data.Path, "--format", "json"], Path.GetTempPath(), TimeSpan.FromMinutes(2));
        var results = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["keys"]!).ToList();

        Differences("event", data.EnrichedEvents().Select(e => e.Id).ToHashSet(), Texts(results[0])).ShouldBeEmpty();
        results[1].GetValue<long>().ShouldBe(data.BadRows().Count);
        for (var i = 0; i < Versioned.Length; i++)
        {
            var (table, key) = Versioned[i];
            var latest = LatestRows.By(key, data.Rows(table)).Where(row => table != "sessions" || row.Value["merged_into"] is null)
                .Select(row => $"{row.Key} {row.Value["model_generation"]} {row.Value["revision"]}").ToHashSet();
            Differences(table, latest, Texts(results[i + 2])).ShouldBeEmpty();
        }
    }

    private static List<string> Texts(JsonNode keys) => [.. keys.AsArray().Select(key => key!.GetValue<string>())];

    private static IEnumerable<string> Differences(string what, HashSet<string> wanted, List<string> found) =>
        wanted.Except(found).Select(key => $"{what} {key} is not in the warehouse")
            .Concat(found.Except(wanted).Select(key => $"{what} {key} is in the warehouse, and not in the files"))
            .Concat(found.GroupBy(key => key).Where(copies => copies.Count() > 1).Select(copies => $"{what} {copies.Key} is {copies.Count()} times in the warehouse"));
}
