using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary><c>snowplow remodel</c> on a container: all made anew by the next start, and nothing in Data Explorer twice.</summary>
public sealed class RemodelTests() : OnCloud(partitions: 3, minutes: 8)
{
    [Fact]
    public async Task Remodel_OfAStoppedCluster_MakesAllAnewOnceEvenAfterAKill()
    {
        await Cloud.StartSilosAsync(2, Stop);
        for (var i = 0; i < 60; i++) await PostAsync(i % 10);
        await Cloud.Silos[0].Http.GetAsync(new Uri("i?e=nonsense&p=web&tv=t&duid=bad", UriKind.Relative), Stop);
        await Cloud.UntilAllIsLoadedAsync(Stop);

        var (refused, _, why) = await SiloProcess.RunAsync(Cloud.Settings, ["remodel"], Stop);
        (refused, why).ShouldSatisfyAllConditions(() => refused.ShouldNotBe(0), () => why.ShouldContain("stop all silos"));
        await Cloud.StopSilosAsync(Stop);
        var before = Cloud.Kusto.Tables["sessions_rows"].Count;
        for (var delay = 1200; delay < 3000; delay += 300)
        {
            using var killed = SiloProcess.Begin(Cloud.Settings, ["remodel"]);
            await Task.Delay(delay, Stop);
            killed.Kill();
            await killed.WaitForExitAsync(Stop);
            await Cloud.FreeLeaseAsync("leaders/command", Stop);
        }

        var (code, output, error) = await SiloProcess.RunAsync(Cloud.Settings, ["remodel"], Stop);
        code.ShouldBe(0, error);
        output.ShouldContain("The next start models 60 events of ");
        (await NamesAsync("sessions/")).ShouldBeEmpty();

        await Cloud.StartSilosAsync(2, Stop);
        for (var i = 0; i < 20; i++) await PostAsync(i % 10);
        while ((await FindAsync("user-3"))?.GetProperty("total_events").GetInt32() != 8) await Task.Delay(200, Stop);
        await Cloud.UntilAllIsLoadedAsync(Stop);
        await Cloud.StopSilosAsync(Stop);

        Cloud.Kusto.Tables["events_raw"].Select(line => line.Split(',')[(int)EventField.EventId]).ShouldBeUnique();
        Cloud.Kusto.Tables["events_raw"].Count.ShouldBe(80);
        Cloud.Kusto.Tables["bad_rows"].Count.ShouldBe(1);
        var anew = Cloud.Kusto.Tables["sessions_rows"].Skip(before).Select(line => JsonElement.Parse(line)).ToList();
        anew.ShouldAllBe(row => row.GetProperty("model_generation").GetInt64() % 1000 > 0);
        anew.GroupBy(row => row.GetProperty("session_key").GetString()).Select(rows => rows.MaxBy(row => row.GetProperty("revision").GetInt64()).GetProperty("total_events").GetInt32())
            .ShouldBe(Enumerable.Repeat(8, 10));
    }

    private async Task<JsonElement?> FindAsync(string user)
    {
        using var answer = await Cloud.Silos[0].Http.GetAsync(new Uri($"api/users/{user}", UriKind.Relative), Stop);
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<JsonElement>(Stop) : null;
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var entry in Cloud.Blobs.ListAsync(prefix, Stop)) names.Add(entry.Name);
        return names;
    }

    private async Task PostAsync(int user) => (await Cloud.Silos[user % 2].PostAsync(
        Guid.NewGuid().ToString(), string.Create(CultureInfo.InvariantCulture, $"user-{user}"), string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{user:D12}"), Stop)).ShouldBeTrue();
}
