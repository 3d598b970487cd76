using System.Net.Http.Json;
using System.Text.Json;

namespace Snowplow.Silo.Tests.Kusto;

/// <summary>What clients put into tables of their own while the server is killed (SIGKILL).</summary>
public sealed class OwnTableCrashTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 40 : 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Ingests_ThatWereAcknowledged_AreThereOnceAfterEveryKill()
    {
        var (next, acknowledged) = (0L, new List<long>());
        for (var round = 0; round < Rounds; round++)
        {
            await using (var server = Start())
            {
                var url = await server.AddressAsync();
                if (round > 0) await HoldsAsync(url, acknowledged, next);
                // How many are acknowledged before the kill, and within which of the steps of the next it comes, differs from round to round.
                var killed = new Random(round).Next(5, 25);
                using var http = new HttpClient { BaseAddress = new Uri(url) };
                try
                {
                    for (var i = 0; ; i++)
                    {
                        if (i == killed) _ = Task.Run(async () => await server.DisposeAsync());
                        await PutAsync(http, ++next);
                        acknowledged.Add(next);
                    }
                }
                catch (HttpRequestException)
                {
                    // It is gone; whether the last one was done nobody knows.
                }
            }
        }

        await using var last = Start();
        await HoldsAsync(await last.AddressAsync(), acknowledged, next);
    }

    private static async Task PutAsync(HttpClient http, long number)
    {
        // A row, a table that comes and goes, and a function that tells of the row: all or nothing.
        var put = number % 2 == 0 ? $".set-or-append T <| print n = {number}" : $".create-merge table T (n:long)\n.ingest inline into table T <| {number}\n\n";
        var aside = number % 3 == 0 ? ".drop table Aside ifexists" : $".set-or-replace Aside <| print n = {number}";
        using var answer = await http.PostAsJsonAsync("/v1/rest/mgmt", new { csl = $"{put}\n{aside}\n.create-or-alter function latest() {{ print n = {number} }}" });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task HoldsAsync(string url, List<long> acknowledged, long tried)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var rows = (await AskAsync(http, "T | summarize c = count() by n")).EnumerateArray().ToDictionary(row => row[0].GetInt64(), row => row[1].GetInt64());

        acknowledged.Where(number => rows.GetValueOrDefault(number) != 1).ShouldBeEmpty("each is there once");
        rows.Where(row => row.Value != 1).ShouldBeEmpty();
        rows.Keys.ShouldAllBe(number => number >= 1 && number <= tried);
        var latest = rows.Keys.Max();
        (await AskAsync(http, "latest() | project n")).GetRawText().ShouldBe($"[[{latest}]]", "functions and rows change in one step");
        var aside = (await AskAsync(http, ".show tables | where TableName == 'Aside' | count")).GetRawText();
        aside.ShouldBe(latest % 3 == 0 ? "[[0]]" : "[[1]]", "tables come and go with the rest");
        if (latest % 3 != 0) (await AskAsync(http, "Aside")).GetRawText().ShouldBe($"[[{latest}]]");
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, string text)
    {
        using var answer = await http.PostAsJsonAsync("/v2/rest/query", new { csl = text });
        var frames = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return frames.EnumerateArray().First(frame => frame.TryGetProperty("TableKind", out var kind) && kind.GetString() == "PrimaryResult").GetProperty("Rows").Clone();
    }

    private SnowplowProcess Start() => SnowplowProcess.Start(_folder.Path, "serve", "--data", "data", "--urls", "http://127.0.0.1:0");
}
