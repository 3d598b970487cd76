using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Snowplow.Azure.Tests.EventHubs.Broker;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Landing;
using Xunit.Abstractions;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary>
/// Three silos as processes of their own, on Azurite's blobs and tables and a hub that the real client speaks to, loading into Data Explorer:
/// what they land and load is exact, whatever happens to them.
/// </summary>
public sealed class ClusterTests(ITestOutputHelper output) : OnCloud(partitions: 4, minutes: IsFull ? 40 : 10)
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full";
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("SNOWPLOW_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : IsFull ? 12 : 1;

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();

    private IReadOnlyList<SiloProcess> Silos => Cloud.Silos;

    [Fact]
    public async Task Cluster_WhoseSilosAreKilledFrozenAndRestarted_LandsAndLoadsEachRecordOnce()
    {
        await Cloud.StartSilosAsync(3, Stop);
        using var traffic = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var sending = SendAsync(traffic.Token);

        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), Stop);
            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {round % 3} is killed.");
            Silos[round % 3].Kill();
            await Task.Delay(TimeSpan.FromSeconds(2), Stop);
            await Silos[round % 3].StartAgainAsync(Stop);

            await Task.Delay(TimeSpan.FromSeconds(5), Stop);
            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {(round + 1) % 3} is asked to end.");
            await Silos[(round + 1) % 3].StopAsync(Stop);
            await Silos[(round + 1) % 3].StartAgainAsync(Stop);
            if (!IsFull) continue;

            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {(round + 2) % 3} stands still.");
            Silos[(round + 2) % 3].Signal("STOP");
            await Task.Delay(TimeSpan.FromSeconds(60), Stop);
            Silos[(round + 2) % 3].Signal("CONT");
            await Task.Delay(TimeSpan.FromSeconds(10), Stop);
            foreach (var other in new[] { Silos[round % 3], Silos[(round + 1) % 3] }) other.HasExited.ShouldBeFalse(string.Join('\n', other.Output.TakeLast(40)));
            if (Silos[(round + 2) % 3].HasExited) await Silos[(round + 2) % 3].StartAgainAsync(Stop);
        }

        await Task.Delay(TimeSpan.FromSeconds(5), Stop);
        await traffic.CancelAsync();
        await sending;
        await Cloud.UntilAllIsLoadedAsync(Stop);
        await Cloud.StopSilosAsync(Stop);

        await ShouldBeExactAsync();
    }

    // What was acknowledged must be there, the rest may be.
    private async Task SendAsync(CancellationToken until)
    {
        var random = new Random(1);
        var sending = new List<Task>();
        while (!until.IsCancellationRequested)
        {
            var (id, user, silo) = (Guid.NewGuid().ToString(), random.Next(40), Silos[random.Next(3)]);
            sending.Add(Task.Run(async () =>
            {
                if (await silo.PostAsync(id, $"user/{user}#ä", $"00000000-0000-4000-8000-{user:D12}", Stop)) _acknowledged[id] = true;
            }, Stop));
            sending.RemoveAll(task => task.IsCompleted);
            await Task.Delay(20, Stop);
        }

        await Task.WhenAll(sending);
    }

    private async Task ShouldBeExactAsync()
    {
        var landed = new List<string>();
        await foreach (var batch in LandedFiles.ReadAllAsync(Cloud.Blobs, Stop))
            for (var i = 0; i < batch.Events.Count; i++) landed.Add(batch.Events[i].Text(EventField.EventId)!);
        var sent = landed.Distinct().Count();
        output.WriteLine($"{_acknowledged.Count} events acknowledged, {landed.Count} landed, {landed.Count(id => !_acknowledged.ContainsKey(id))} of them without an answer, {landed.Count - sent} again.");
        _acknowledged.Keys.Except(landed).ShouldBeEmpty();
        // The hub may hold a record twice: a silo that stood still finds its time for an answer over when it goes on, and sends again.
        landed.Order().ShouldBe(Cloud.Raw.Select(EventId).Order());
        landed.Count.ShouldBeGreaterThan(200);

        Cloud.Kusto.Tables["events_raw"].Select(line => line.Split(',')[(int)EventField.EventId]).Order().ShouldBe(landed.Order());
        Cloud.Kusto.Tables["events_raw"].ShouldAllBe(line => line.Contains("\"A \"\"quoted\"\", page\"", StringComparison.Ordinal));
        Newest("sessions_rows", "session_key").Sum(row => row.GetProperty("total_events").GetInt64()).ShouldBe(sent);
        Newest("users_rows", "user_key").Count().ShouldBe(40);
    }

    private static string EventId(StoredEvent stored)
    {
        CollectorPayloadReader.TryRead(stored.Body, out var payload, out var error).ShouldBeTrue(error);
        return JsonElement.Parse(payload!.Body!.Value.Span).GetProperty("data")[0].GetProperty("eid").GetString()!;
    }

    private IEnumerable<JsonElement> Newest(string table, string key) => Cloud.Kusto.Tables[table].Select(line => JsonElement.Parse(line))
        .GroupBy(row => row.GetProperty(key).GetString()).Select(rows => rows.MaxBy(row => (row.GetProperty("model_generation").GetInt64(), row.GetProperty("revision").GetInt64())));
}
