using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Azure.DataExplorer;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Tests.Blobs;
using Snowplow.Storage.Warehouse;

namespace Snowplow.Azure.Tests.DataExplorer;

/// <summary>Every row of every range is loaded once, whatever fails.</summary>
public sealed class DataExplorerLoaderTests : IDisposable
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full";
    private readonly IBlobStore _blobs = new MemoryBlobStore(canTruncate: false);
    private readonly QuickTime _time = new();

    // A load that never ends would hang the run.
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(IsFull ? 60 : 4));

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Units_OfSeveralPartitions_GoInOneIngestionForEachTable()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        var warehouse = new DataExplorerWarehouse(_blobs, 7000);
        for (var partition = 0; partition < 3; partition++)
            for (var from = 0; from < 40; from += 10)
                await warehouse.LoadAsync(Unit(partition, from), default);

        (await Loader(kusto).LoadWaitingAsync(_patience.Token)).ShouldBe(1);

        kusto.Commands.Count(command => command.StartsWith(".ingest", StringComparison.Ordinal)).ShouldBe(4);
        ShouldHaveAll(kusto, [.. Enumerable.Range(0, 3).SelectMany(partition => Enumerable.Range(0, 4).Select(i => (partition, i * 10L)))]);
        (await Loader(kusto).LoadWaitingAsync(_patience.Token)).ShouldBe(0);
        (await NamesAsync("load/data/")).ShouldBeEmpty();
        (await NamesAsync("load/units/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Unit_ToldTwiceOrTooLate_IsLoadedOnce()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        var warehouse = new DataExplorerWarehouse(_blobs, 7000);
        await warehouse.LoadAsync(Unit(0, 0), default);
        await warehouse.LoadAsync(Unit(0, 0), default);
        await Loader(kusto).LoadWaitingAsync(_patience.Token);
        await warehouse.LoadAsync(Unit(0, 0), default);
        await warehouse.LoadAsync(Unit(0, 10), default);
        await Loader(kusto).LoadWaitingAsync(_patience.Token);
        await warehouse.LoadAsync(Unit(0, 0), default);
        await Loader(kusto).LoadWaitingAsync(_patience.Token);

        ShouldHaveAll(kusto, [(0, 0L), (0, 10L)]);
    }

    [Fact]
    public async Task Ranges_ThatAreModelledAnew_BringTheirRowsAgainAndOnlyTheEventsThatAreNew()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        var before = new DataExplorerWarehouse(_blobs, 7000);
        await before.LoadAsync(Unit(0, 0), default);
        await Loader(kusto).LoadWaitingAsync(_patience.Token);
        await before.LoadAsync(Unit(0, 10), default);
        await before.LoadAsync(Unit(1, 0), default);

        // One is being finished and queued, one is and is not. Twice, as by a command that was broken off.
        var ranges = new Dictionary<string, (long, long)> { ["s-000"] = (10, 20), ["s-001"] = (10, 20) };
        for (var i = 0; i < 2; i++) await RemodelledLoads.NoteAsync(_blobs, 7000, 7001, ranges, default);
        await TellAsync(7001, (0, 0), (0, 10), (0, 20), (1, 0));
        await Loader(kusto).LoadWaitingAsync(_patience.Token);
        // And once more, when one is through and the other has only begun.
        await RemodelledLoads.NoteAsync(_blobs, 7001, 7002, new Dictionary<string, (long, long)> { ["s-000"] = (30, 30), ["s-001"] = (0, 10) }, default);
        await TellAsync(7002, (0, 0), (0, 10), (0, 20), (1, 0), (1, 10));
        await Loader(kusto).LoadWaitingAsync(_patience.Token);

        string[] units = ["0/0", "0/10", "0/20", "1/0", "1/10"];
        units.Select(unit => kusto.Tables["sessions_rows"].Count(line => line.Contains($"{unit}/session", StringComparison.Ordinal))).ShouldBe([3, 3, 2, 3, 1]);
        kusto.Tables["events_raw"].Select(line => line.Trim(',')).Order().ShouldBe(units.SelectMany(unit => new[] { $"{unit}/e0", $"{unit}/e1" }).Order());
        kusto.Tables["bad_rows"].Count.ShouldBe(5);

        async Task TellAsync(int generation, params (int Partition, long From)[] told)
        {
            foreach (var (partition, from) in told) await new DataExplorerWarehouse(_blobs, generation).LoadAsync(Unit(partition, from), default);
        }
    }

    [Fact]
    public async Task Range_WithoutAnything_AddsNothing()
    {
        await new DataExplorerWarehouse(_blobs, 7000).LoadAsync(new WarehouseUnit(new PartitionName("s", 0), 0, 10, [new WarehouseBatch(0, 10, Hour, EnrichedBatch.Empty, default)], []), default);
        (await NamesAsync("load/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Batches_OfAnEmptiedContainer_HaveOtherTags()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        await new DataExplorerWarehouse(_blobs, 7000).LoadAsync(Unit(0, 0), default);
        await Loader(kusto).LoadWaitingAsync(_patience.Token);
        foreach (var name in await NamesAsync("")) await _blobs.DeleteAsync(name, default);
        await new DataExplorerWarehouse(_blobs, 7000).LoadAsync(Unit(7, 0), default);
        await Loader(kusto).LoadWaitingAsync(_patience.Token);

        ShouldHaveAll(kusto, [(0, 0L), (7, 0L)]);
    }

    [Fact]
    public async Task Loads_UnderFaultsAndCrashes_BringEveryRowOnce()
    {
        var faults = 0;
        for (var seed = 1; seed <= (IsFull ? 300 : 15); seed++)
        {
            var blobs = new MemoryBlobStore(canTruncate: false);
            var random = new Random(seed);
            await using var kusto = await FakeKusto.StartAsync(blobs, seed);
            var warehouse = new DataExplorerWarehouse(blobs, 7000);
            var told = new List<(int Partition, long From)>();
            var next = new long[3];
            for (var step = 0; step < 12; step++)
            {
                for (var i = random.Next(6); i > 0; i--)
                {
                    var partition = random.Next(3);
                    told.Add((partition, next[partition]));
                    await warehouse.LoadAsync(Unit(partition, next[partition]), default);
                    next[partition] += 10;
                }

                // An activation that stood still tells of a range that is over.
                if (told.Count > 0 && random.Next(2) == 0)
                {
                    var (partition, from) = told[random.Next(told.Count)];
                    await warehouse.LoadAsync(Unit(partition, from), default);
                }

                kusto.Faults = 15;
                await LoadUntilKilledAsync(kusto, blobs, random.Next(30));
            }

            kusto.Faults = 0;
            kusto.OnCommand = null;
            await Loader(kusto, blobs).LoadWaitingAsync(_patience.Token);
            ShouldHaveAll(kusto, told);
            faults += kusto.Failed;
        }

        faults.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task TwoLoaders_SideBySide_BringEveryRowOnce_WhereTagsAreSerial()
    {
        for (var seed = 1; seed <= (IsFull ? 200 : 10); seed++)
        {
            var blobs = new MemoryBlobStore(canTruncate: false);
            await using var kusto = await FakeKusto.StartAsync(blobs, seed, hasSerialTags: true);
            var warehouse = new DataExplorerWarehouse(blobs, 7000);
            var told = new List<(int Partition, long From)>();
            for (var round = 0; round < 6; round++)
            {
                for (var partition = 0; partition < 3; partition++)
                {
                    told.Add((partition, round * 10L));
                    await warehouse.LoadAsync(Unit(partition, round * 10L), default);
                }

                await Task.WhenAll(Task.Run(() => TryLoadAsync(kusto, blobs)), Task.Run(() => TryLoadAsync(kusto, blobs)));
            }

            await Loader(kusto, blobs).LoadWaitingAsync(_patience.Token);
            ShouldHaveAll(kusto, told);
        }
    }

    [Fact]
    public async Task Failure_ThatStays_IsTriedAgainUntilItsCauseIsGone()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        await new DataExplorerWarehouse(_blobs, 7000).LoadAsync(Unit(0, 0), default);
        kusto.Faults = 100;
        var load = Loader(kusto).LoadWaitingAsync(_patience.Token);
        while (kusto.Failed < 20) await Task.Delay(5);
        load.IsCompleted.ShouldBeFalse();
        kusto.Faults = 0;
        await load;
        ShouldHaveAll(kusto, [(0, 0L)]);
    }

    [Theory]
    [InlineData("BadInput")]
    [InlineData("Failed")]
    public async Task File_ThatIsRefusedForGood_IsSetAsideAndHoldsUpNothing(string end)
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var blobs = new MemoryBlobStore(canTruncate: false);
            await using var kusto = await FakeKusto.StartAsync(blobs, seed);
            var warehouse = new DataExplorerWarehouse(blobs, 7000);
            kusto.Refuse = command => command.Contains("/s-001.7000/00000000000000000010/sessions_rows", StringComparison.Ordinal) ? end : null;
            for (var from = 0; from < 30; from += 10)
                for (var partition = 0; partition < 3; partition++) await warehouse.LoadAsync(Unit(partition, from), default);

            // Killed on the way, now and then.
            for (var commands = 4 * seed; commands < 60; commands += 9) await LoadUntilKilledAsync(kusto, blobs, commands);
            kusto.OnCommand = null;
            await Loader(kusto, blobs).LoadWaitingAsync(_patience.Token);
            await warehouse.LoadAsync(Unit(1, 30), default);
            await Loader(kusto, blobs).LoadWaitingAsync(_patience.Token);

            const string Aside = "load/failed/s-001.7000/00000000000000000010/sessions_rows.json.gz";
            blobs.Names.Where(name => !name.StartsWith("load/batches/", StringComparison.Ordinal)).ShouldBe([Aside, Aside + ".json"], ignoreOrder: true);
            kusto.Tables["sessions_rows"].Count.ShouldBe(9);
            kusto.Tables["sessions_rows"].ShouldBeUnique();
            kusto.Tables["events_raw"].Count.ShouldBe(20);
            kusto.Tables["users_rows"].Count.ShouldBe(10);

            // When the cause is removed, the command that is noted loads it, once.
            kusto.Refuse = null;
            var why = System.Text.Json.JsonElement.Parse(blobs[Aside + ".json"]);
            why.GetProperty("error").GetString()!.ShouldContain("told by the fake");
            var again = new KustoClient(new HttpClient(), new DataExplorerOptions { Cluster = kusto.Url }, null);
            for (var i = 0; i < 2; i++)
            {
                await again.RunAsync(why.GetProperty("command").GetString()!, default);
                for (var passed = 0; passed < 20; passed++) await again.RunAsync(".show operations | take 1", default);
            }

            ShouldHaveAll(kusto, [.. Enumerable.Range(0, 3).SelectMany(partition => Enumerable.Range(0, 3).Select(i => (partition, i * 10L))), (1, 30)]);
        }
    }

    [Fact]
    public async Task Files_WithoutAUnit_AreRemovedOnceTheirRangeIsLoaded()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        var warehouse = new DataExplorerWarehouse(_blobs, 7000);
        await warehouse.LoadAsync(Unit(0, 10), default);
        await Loader(kusto).LoadWaitingAsync(_patience.Token);
        await Loader(kusto).LoadWaitingAsync(_patience.Token);
        foreach (var from in new[] { 0, 10, 20 }) await _blobs.TryAppendAsync($"load/data/s-000.7000/{from:D20}/users_rows.json.gz", 0, "x"u8.ToArray(), default);

        await Loader(kusto).LoadWaitingAsync(_patience.Token);

        // One of a range that is being told of just now stays.
        (await NamesAsync("load/data/")).ShouldBe(["load/data/s-000.7000/00000000000000000020/users_rows.json.gz"]);
    }

    // One loses its footing where the other ends a batch and removes its files: it begins again, as after any failure.
    private async Task TryLoadAsync(FakeKusto kusto, IBlobStore blobs)
    {
        try
        {
            await Loader(kusto, blobs).LoadWaitingAsync(_patience.Token);
        }
        catch (IOException)
        {
        }
    }

    private async Task LoadUntilKilledAsync(FakeKusto kusto, IBlobStore blobs, int commands)
    {
        using var kill = new CancellationTokenSource();
        kusto.OnCommand = _ =>
        {
            if (Interlocked.Decrement(ref commands) < 0) kill.Cancel();
        };
        try
        {
            await Loader(kusto, blobs).LoadWaitingAsync(kill.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private DataExplorerLoader Loader(FakeKusto kusto, IBlobStore? blobs = null)
    {
        var options = new DataExplorerOptions { Cluster = kusto.Url };
        return new DataExplorerLoader(
            blobs ?? _blobs, name => $"http://blobs/container/{name}", new KustoClient(new HttpClient(), options, null), options, _time, NullLogger.Instance);
    }

    private static readonly DateTimeOffset Hour = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private static WarehouseUnit Unit(int partition, long from)
    {
        var events = EnrichedBatch.Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2).Select(i =>
            $"{new string('\t', (int)EventField.EventId)}{Id(partition, from, $"e{i}")}{new string('\t', EventFields.Count - 1 - (int)EventField.EventId)}\n"))));
        byte[] Line(string kind) => Encoding.UTF8.GetBytes($$"""{"id":"{{Id(partition, from, kind)}}"}""" + "\n");
        return new WarehouseUnit(
            new PartitionName("s", partition), from, from + 10, [new WarehouseBatch(from, from + 10, Hour, events, Line("bad"))],
            [("sessions", Line("session")), ("users", Line("user"))]);
    }

    private static string Id(int partition, long from, string kind) => string.Create(CultureInfo.InvariantCulture, $"{partition}/{from}/{kind}");

    private static void ShouldHaveAll(FakeKusto kusto, IEnumerable<(int Partition, long From)> units)
    {
        var all = units.Distinct().ToList();
        kusto.Tables["events_raw"].Select(line => line.Trim(',')).Order().ShouldBe(
            all.SelectMany(unit => new[] { Id(unit.Partition, unit.From, "e0"), Id(unit.Partition, unit.From, "e1") }).Order());
        foreach (var (table, kind) in new[] { ("bad_rows", "bad"), ("sessions_rows", "session"), ("users_rows", "user") })
            kusto.Tables[table].Order().ShouldBe(all.Select(unit => $$"""{"id":"{{Id(unit.Partition, unit.From, kind)}}"}""").Order());
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var entry in _blobs.ListAsync(prefix, default)) names.Add(entry.Name);
        return names;
    }
}
