using System.Globalization;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Tests.Replay;

/// <summary>A replay of the raw log against what the real server has landed of it.</summary>
public sealed class LandedComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [LinuxFact]
    public async Task Replay_OfAPartOfTheRawLog_ComparesJustThisPart()
    {
        List<LandedBatch> batches;
        await using (var server = SnowplowProcess.Start(_folder.Path, "--urls", "http://127.0.0.1:0", "--RawStream:Folder=elsewhere/log"))
        {
            using var http = new HttpClient { BaseAddress = new Uri(await server.AddressAsync()) };
            // Each has landed before the next comes, so each is a batch: good, bad, good.
            for (var i = 0; i < 3; i++)
            {
                await GetAsync(http, i == 1 ? "&vid=abc" : "");
                await LandedAsync(i + 1);
            }

            // Some come at once, until there is a batch of several.
            for (batches = await LandedAsync(3); !batches.Exists(batch => batch.UpTo - batch.From > 1); batches = await LandedAsync(batches[^1].UpTo + 20))
                await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(http, "")));
            server.Interrupt();
            (await server.EndAsync()).ExitCode.ShouldBe(0);
        }

        var end = batches[^1].UpTo;
        (await ReplayAsync()).ShouldBe($"0 good {end - 1} {end - 1} 0, schema_violations 1 1 0");
        (await ReplayAsync("--from-position", "1")).ShouldBe($"0 good {end - 2} {end - 2} 0, schema_violations 1 1 0");
        (await ReplayAsync("--from-position", "2")).ShouldBe($"0 good {end - 2} {end - 2} 0");
        var third = Encoding.UTF8.GetString(batches[2].Events[0][EventField.CollectorTstamp]).Replace(' ', 'T') + "Z";
        (await ReplayAsync("--until", third)).ShouldBe("0 good 1 1 0, schema_violations 1 1 0");
        (await ReplayAsync("--from", third)).ShouldBe($"0 good {end - 2} {end - 2} 0");

        // A batch of which a part is replayed cannot be compared.
        var several = batches.First(batch => batch.UpTo - batch.From > 1);
        var (part, behind) = (several.UpTo - several.From - 1, end - several.UpTo);
        (await ReplayAsync("--from-position", (several.From + 1).ToString(CultureInfo.InvariantCulture))).ShouldBe($"{part} good {behind} {behind} {part}");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task GetAsync(HttpClient http, string more)
    {
        using var answer = await http.GetAsync(new Uri($"i?e=pv&p=web&tv=test&duid=d{more}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    // Waits until all positions before the end have landed.
    private async Task<List<LandedBatch>> LandedAsync(long end)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var batches = new List<LandedBatch>();
            await foreach (var batch in LandedFiles.ReadAllAsync(new FolderBlobStore(_folder.File("data")), CancellationToken.None)) batches.Add(batch);
            if (batches.Count > 0 && batches[^1].UpTo >= end) return batches;
            if (DateTime.UtcNow > deadline) throw new TimeoutException($"Position {end} has not landed within a minute.");
            await Task.Delay(50);
        }
    }

    private async Task<string> ReplayAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(
            _folder.Path, default, ["replay", "--raw", "data", "--RawStream:Folder=elsewhere/log", "--dry-run", "--report", "json", .. arguments]);
        exitCode.ShouldBe(0, error);
        var report = JsonDocument.Parse(output).RootElement;
        return $"{report.GetProperty("not_compared")} " + string.Join(", ", report.GetProperty("counts").EnumerateArray()
            .Select(row => $"{row.GetProperty("name")} {row.GetProperty("before")} {row.GetProperty("after")} {row.GetProperty("not_compared")}"));
    }
}
