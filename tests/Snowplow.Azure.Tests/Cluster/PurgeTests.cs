using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Snowplow.Storage.Landing;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary><c>snowplow purge</c> on a container, killed on the way: nothing of the person in any blob, any state or what waits to be loaded.</summary>
public sealed class PurgeTests() : OnCloud(partitions: 2, minutes: 8)
{
    private static readonly string[] OfAnn = ["ann-at-home", "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];

    [Fact]
    public async Task Purge_ThatIsKilledOnTheWay_LeavesNothingOfThePersonAndOthersAsTheyWere()
    {
        await Cloud.StartSilosAsync(1, Stop);
        foreach (var (user, session) in new[] { ("ann-at-home", 1), ("ann-at-home", 2), ("bob", 3), ("bob", 3), ("bob", 4) }) await PostAsync(user, session);
        foreach (var user in new[] { "ann-at-home", "bob" })
            await Cloud.Silos[0].Http.GetAsync(new Uri($"i?e=nonsense&p=web&tv=t&duid={user}", UriKind.Relative), Stop);
        foreach (var user in new[] { "ann-at-home", "bob" }) await KnownAsync(user);
        (await FoundAsync()).ShouldNotBeEmpty();
        var (code, output, error) = await SiloProcess.RunAsync(Cloud.Settings, ["forget", "ann-at-home", "--url", Cloud.Silos[0].Url.AbsoluteUri], Stop);
        code.ShouldBe(0, output + error);
        var bob = await FindAsync("bob");
        (await SiloProcess.RunAsync(Cloud.Settings, ["purge"], Stop)).Error.ShouldContain("stop all silos");
        await Cloud.StopSilosAsync(Stop);

        for (var delay = 1000; delay <= 3000; delay += 400)
        {
            using var killed = SiloProcess.Begin(Cloud.Settings, ["purge"]);
            await Task.Delay(delay, Stop);
            killed.Kill();
            await killed.WaitForExitAsync(Stop);
            await Cloud.FreeLeaseAsync("leaders/command", Stop);
        }

        (code, output, error) = await SiloProcess.RunAsync(Cloud.Settings, ["purge"], Stop);
        code.ShouldBe(0, output + error);
        (await FoundAsync()).ShouldBeEmpty();
        (await SiloProcess.RunAsync(Cloud.Settings, ["purge"], Stop)).ShouldBe((0, "Nothing is to be purged.\n", ""));

        // A start goes on with what is there, and whoever comes back is a person anew.
        await Cloud.StartSilosAsync(1, Stop);
        (await FindAsync("bob")).ShouldBe(bob);
        (await Cloud.Silos[0].Http.GetAsync(new Uri("api/users/ann-at-home", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await PostAsync("ann-at-home", 5);
        await KnownAsync("ann-at-home");
        JsonElement.Parse(await FindAsync("ann-at-home")).GetProperty("total_events").GetInt32().ShouldBe(1);
        await Cloud.UntilAllIsLoadedAsync(Stop);
        await Cloud.StopSilosAsync(Stop);
        var landed = 0;
        await foreach (var batch in LandedFiles.ReadAllAsync(Cloud.Blobs, Stop)) landed += batch.GoodCount;
        landed.ShouldBe(4);
    }

    private async Task KnownAsync(string user)
    {
        while ((await Cloud.Silos[0].Http.GetAsync(new Uri($"api/users/{user}", UriKind.Relative), Stop)).StatusCode != HttpStatusCode.OK) await Task.Delay(100, Stop);
    }

    private Task<string> FindAsync(string user) => Cloud.Silos[0].Http.GetStringAsync(new Uri($"api/users/{user}", UriKind.Relative), Stop);

    // Where something of Ann is: in any blob, as it is or in gzip, and in the keys of states.
    private async Task<List<string>> FoundAsync()
    {
        var found = new List<string>();
        await foreach (var entry in Cloud.Blobs.ListAsync("", Stop))
        {
            var content = new byte[entry.Length];
            content = content[..await Cloud.Blobs.ReadAsync(entry.Name, 0, content, Stop)];
            if (entry.Name.EndsWith(".gz", StringComparison.Ordinal))
            {
                using var plain = new MemoryStream();
                await using (var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress)) await gzip.CopyToAsync(plain, Stop);
                content = plain.ToArray();
            }

            found.AddRange(OfAnn.Where(id => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(id)) >= 0).Select(id => $"{entry.Name}: {id}"));
        }

        var tables = new TableServiceClient(Cloud.Settings["Azure__Tables__ConnectionString"]);
        await foreach (var table in tables.QueryAsync(cancellationToken: Stop))
            await foreach (var entity in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Stop))
                found.AddRange(OfAnn.Where(id => entity.PartitionKey.Contains(id, StringComparison.Ordinal)).Select(id => $"{table.Name}: {entity.PartitionKey}"));
        return found;
    }

    private async Task PostAsync(string user, int session) => (await Cloud.Silos[0].PostAsync(
        Guid.NewGuid().ToString(), user, string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{session:D12}"), Stop)).ShouldBeTrue();
}
