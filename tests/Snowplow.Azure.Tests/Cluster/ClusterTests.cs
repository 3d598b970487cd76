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
public sealed class ClusterTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Partitions = 4;
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full";
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("SNOWPLOW_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : IsFull ? 12 : 1;

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(IsFull ? 40 : 10));
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private Cloud _cloud = null!;

    private IReadOnlyList<SiloProcess> Silos => _cloud.Silos;

    public async Task InitializeAsync() => _cloud = await Cloud.StartAsync(Partitions);

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Cluster_WhoseSilosAreKilledFrozenAndRestarted_LandsAndLoadsEachRecordOnce()
    {
        var stop = _patience.Token;
        await _cloud.StartSilosAsync(3, stop);
        using var traffic = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sending = SendAsync(traffic.Token, stop);

        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), stop);
            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {round % 3} is killed.");
            Silos[round % 3].Kill();
            await Task.Delay(TimeSpan.FromSeconds(2), stop);
            await Silos[round % 3].StartAgainAsync(stop);

            await Task.Delay(TimeSpan.FromSeconds(5), stop);
            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {(round + 1) % 3} is asked to end.");
            await Silos[(round + 1) % 3].StopAsync(stop);
            await Silos[(round + 1) % 3].StartAgainAsync(stop);
            if (!IsFull) continue;

            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {(round + 2) % 3} stands still.");
            Silos[(round + 2) % 3].Signal("STOP");
            await Task.Delay(TimeSpan.FromSeconds(60), stop);
            Silos[(round + 2) % 3].Signal("CONT");
            await Task.Delay(TimeSpan.FromSeconds(10), stop);
            if (Silos[(round + 2) % 3].HasExited) await Silos[(round + 2) % 3].StartAgainAsync(stop);
        }

        await Task.Delay(TimeSpan.FromSeconds(5), stop);
        await traffic.CancelAsync();
        await sending;
        await _cloud.UntilAllIsLoadedAsync(stop);
        await _cloud.StopSilosAsync(stop);

        await ShouldBeExactAsync(stop);
    }

    // What was acknowledged must be there, the rest may be.
    private async Task SendAsync(CancellationToken until, CancellationToken stop)
    {
        var random = new Random(1);
        var sending = new List<Task>();
        while (!until.IsCancellationRequested)
        {
            var (id, user, silo) = (Guid.NewGuid().ToString(), random.Next(40), Silos[random.Next(3)]);
            sending.Add(Task.Run(async () =>
            {
                if (await silo.PostAsync(id, $"user/{user}#ä", $"00000000-0000-4000-8000-{user:D12}", stop)) _acknowledged[id] = true;
            }, stop));
            sending.RemoveAll(task => task.IsCompleted);
            await Task.Delay(20, stop);
        }

        await Task.WhenAll(sending);
    }

    private async Task ShouldBeExactAsync(CancellationToken stop)
    {
        var landed = new List<string>();
        await foreach (var batch in LandedFiles.ReadAllAsync(_cloud.Blobs, stop))
            for (var i = 0; i < batch.Events.Count; i++) landed.Add(batch.Events[i].Text(EventField.EventId)!);
        var sent = landed.Distinct().Count();
        output.WriteLine($"{_acknowledged.Count} events acknowledged, {landed.Count} landed, {landed.Count(id => !_acknowledged.ContainsKey(id))} of them without an answer, {landed.Count - sent} again.");
        _acknowledged.Keys.Except(landed).ShouldBeEmpty();
        // The hub may hold a record twice: a silo that stood still finds its time for an answer over when it goes on, and sends again.
        landed.Order().ShouldBe(_cloud.Raw.Select(EventId).Order());
        landed.Count.ShouldBeGreaterThan(200);

        _cloud.Kusto.Tables["events_raw"].Select(line => line.Split(',')[(int)EventField.EventId]).Order().ShouldBe(landed.Order());
        _cloud.Kusto.Tables["events_raw"].ShouldAllBe(line => line.Contains("\"A \"\"quoted\"\", page\"", StringComparison.Ordinal));
        Newest("sessions_rows", "session_key").Sum(row => row.GetProperty("total_events").GetInt64()).ShouldBe(sent);
        Newest("users_rows", "user_key").Count().ShouldBe(40);
    }

    private static string EventId(StoredEvent stored)
    {
        CollectorPayloadReader.TryRead(stored.Body, out var payload, out var error).ShouldBeTrue(error);
        return JsonElement.Parse(payload!.Body!.Value.Span).GetProperty("data")[0].GetProperty("eid").GetString()!;
    }

    private IEnumerable<JsonElement> Newest(string table, string key) => _cloud.Kusto.Tables[table].Select(line => JsonElement.Parse(line))
        .GroupBy(row => row.GetProperty(key).GetString()).Select(rows => rows.MaxBy(row => (row.GetProperty("model_generation").GetInt64(), row.GetProperty("revision").GetInt64())));
}
