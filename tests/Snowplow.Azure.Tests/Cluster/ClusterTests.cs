using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Azure.Storage.Blobs;
using Snowplow.Azure.Blobs;
using Snowplow.Azure.Tests.DataExplorer;
using Snowplow.Azure.Tests.Emulators;
using Snowplow.Azure.Tests.EventHubs.Broker;
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

    private readonly Azurite _azurite = new();
    private readonly HubBroker _broker = new(Partitions);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(IsFull ? 40 : 10));
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly List<SiloProcess> _silos = [];
    private BlobContainerClient _container = null!;
    private AzureBlobStore _blobs = null!;
    private FakeKusto _kusto = null!;

    public async Task InitializeAsync()
    {
        await _azurite.InitializeAsync();
        _container = new BlobContainerClient(_azurite.BlobConnection, "container");
        await _container.CreateAsync();
        _blobs = new AzureBlobStore(_container);
        _kusto = await FakeKusto.StartAsync(_blobs);
    }

    public async Task DisposeAsync()
    {
        foreach (var silo in _silos) silo.Dispose();
        await _kusto.DisposeAsync();
        await _broker.DisposeAsync();
        await _azurite.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Cluster_WhoseSilosAreKilledFrozenAndRestarted_LandsAndLoadsEachEventOnce()
    {
        var stop = _patience.Token;
        for (var i = 0; i < 3; i++) _silos.Add(new SiloProcess(Settings()));
        foreach (var silo in _silos) await silo.UntilReadyAsync(stop);
        using var traffic = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sending = SendAsync(traffic.Token, stop);

        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), stop);
            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {round % 3} is killed.");
            _silos[round % 3].Kill();
            await Task.Delay(TimeSpan.FromSeconds(2), stop);
            await _silos[round % 3].StartAgainAsync(stop);

            await Task.Delay(TimeSpan.FromSeconds(5), stop);
            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {(round + 1) % 3} is asked to end.");
            await _silos[(round + 1) % 3].StopAsync(stop);
            await _silos[(round + 1) % 3].StartAgainAsync(stop);
            if (!IsFull) continue;

            output.WriteLine($"{_acknowledged.Count} events acknowledged; silo {(round + 2) % 3} stands still.");
            _silos[(round + 2) % 3].Signal("STOP");
            await Task.Delay(TimeSpan.FromSeconds(60), stop);
            _silos[(round + 2) % 3].Signal("CONT");
            await Task.Delay(TimeSpan.FromSeconds(10), stop);
            if (_silos[(round + 2) % 3].HasExited) await _silos[(round + 2) % 3].StartAgainAsync(stop);
        }

        await Task.Delay(TimeSpan.FromSeconds(5), stop);
        await traffic.CancelAsync();
        await sending;
        await UntilAllIsLoadedAsync(stop);
        foreach (var silo in _silos) await silo.StopAsync(stop);

        await ShouldBeExactAsync(stop);
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["Azure__AdvertisedAddress"] = "127.0.0.1",
        ["Azure__EventHubs__Hub"] = _broker.Options.Hub,
        ["Azure__EventHubs__ConnectionString"] = _broker.Options.ConnectionString!,
        ["Azure__Blobs__ConnectionString"] = _azurite.BlobConnection,
        ["Azure__Blobs__Container"] = _container.Name,
        ["Azure__Tables__ConnectionString"] = _azurite.TableConnection,
        ["Azure__Kusto__Cluster"] = _kusto.Url.AbsoluteUri,
        ["Azure__Kusto__LoadInterval"] = "00:00:02",
        ["Azure__Kusto__BlobAccess"] = "",
        ["Pipeline__BatchInterval"] = "00:00:00.2",
        ["Pipeline__CheckpointInterval"] = "00:00:01",
        ["Pipeline__RetryMax"] = "00:00:05",
    };

    // Nothing is sent a second time, so that what was acknowledged must be there once, and the rest at most once.
    private async Task SendAsync(CancellationToken until, CancellationToken stop)
    {
        var random = new Random(1);
        var sending = new List<Task>();
        while (!until.IsCancellationRequested)
        {
            var (id, user, silo) = (Guid.NewGuid().ToString(), random.Next(40), _silos[random.Next(3)]);
            sending.Add(Task.Run(async () =>
            {
                if (await silo.PostAsync(id, $"user/{user}#ä", $"00000000-0000-4000-8000-{user:D12}", stop)) _acknowledged[id] = true;
            }, stop));
            sending.RemoveAll(task => task.IsCompleted);
            await Task.Delay(20, stop);
        }

        await Task.WhenAll(sending);
    }

    private async Task UntilAllIsLoadedAsync(CancellationToken stop)
    {
        // The supervisors' last answers may be a second old.
        for (var calm = 0; calm < 5; await Task.Delay(1000, stop))
        {
            var isCalm = true;
            foreach (var silo in _silos) isCalm &= await silo.LagAsync(stop) == 0;
            await foreach (var _ in _blobs.ListAsync("load/units/", stop)) isCalm = false;
            calm = isCalm ? calm + 1 : 0;
        }
    }

    private async Task ShouldBeExactAsync(CancellationToken stop)
    {
        var landed = new List<string>();
        await foreach (var batch in LandedFiles.ReadAllAsync(_blobs, stop))
            for (var i = 0; i < batch.Events.Count; i++) landed.Add(batch.Events[i].Text(EventField.EventId)!);
        var twice = landed.GroupBy(id => id).Count(copies => copies.Count() > 1);
        output.WriteLine($"{_acknowledged.Count} events acknowledged, {landed.Count} landed, {landed.Count(id => !_acknowledged.ContainsKey(id))} of them without an answer, {twice} twice.");
        _acknowledged.Keys.Except(landed).ShouldBeEmpty();
        // The client of the hub sends again where the hub's answer is lost; here it never is.
        twice.ShouldBe(0);
        landed.Count.ShouldBeGreaterThan(200);

        _kusto.Tables["events_raw"].Select(line => line.Split(',')[(int)EventField.EventId]).Order().ShouldBe(landed.Order());
        _kusto.Tables["events_raw"].ShouldAllBe(line => line.Contains("\"A \"\"quoted\"\", page\"", StringComparison.Ordinal));
        Newest("sessions_rows", "session_key").Sum(row => row.GetProperty("total_events").GetInt64()).ShouldBe(landed.Count);
        Newest("users_rows", "user_key").Count().ShouldBe(40);
    }

    private IEnumerable<JsonElement> Newest(string table, string key) => _kusto.Tables[table].Select(line => JsonElement.Parse(line))
        .GroupBy(row => row.GetProperty(key).GetString()).Select(rows => rows.MaxBy(row => (row.GetProperty("model_generation").GetInt64(), row.GetProperty("revision").GetInt64())));
}
