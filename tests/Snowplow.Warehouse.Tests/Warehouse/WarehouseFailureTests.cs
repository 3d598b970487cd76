using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Warehouse;
using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Store;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Tests.Warehouse;

/// <summary>What fails on the way must not mix up rows, lose them, double them, or stop the rest.</summary>
public sealed class WarehouseFailureTests : IDisposable
{
    private readonly LandedFolder _folder = new();

    private string Folder => _folder.Warehouse;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_ThatMeetsADamagedExtent_LeavesRowsOfOthersAsTheyAre()
    {
        var warehouse = Open();
        var ids = Enumerable.Range(0, 3000).Select(_ => $"{Guid.NewGuid()}").ToArray();
        await warehouse.LoadAsync(await _folder.LandAsync("2026-03-01T12", ids), default);
        await warehouse.FlushAsync(default);
        DamageTimes(Directory.GetFiles(Folder, "*.extent").Single());

        warehouse = Open();
        await warehouse.CatchUpAsync(null, default);
        // A new event, then a copy of an old one, whose time must be read.
        const string New = "bbbbbbbb-0000-4000-8000-000000000001";
        var (first, second) = (Unit(2, 0, New), Unit(2, 1, ids[0]));
        await warehouse.LoadAsync(new WarehouseUnit(first.Partition, 0, 2, [.. first.Batches, .. second.Batches], []), default);
        warehouse.Problem.ShouldNotBeNull();
        await warehouse.LoadAsync(Unit(1, 0, "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"), default);
        for (var i = 0; i < 2; i++)
        {
            Count(warehouse, "events | where event_id startswith 'aaaaaaaa'").ShouldBe(2);
            Count(warehouse, $"events | where event_id == '{New}'").ShouldBe(1, "what came before the damage was noticed is there");
            Count(warehouse, $"events | where event_id == '{ids[0]}'").ShouldBe(1);
            await warehouse.FlushAsync(default);
        }
    }

    [Fact]
    public async Task Flush_ThatFailsHalfWay_DoublesNothingAfterAMergeAndACrash()
    {
        var warehouse = Open();
        for (var i = 0; i < 7; i++)
        {
            await warehouse.LoadAsync(await LandAsync("2026-03-01", 1, bad: true), default);
            await warehouse.FlushAsync(default);
        }

        var session = """{"session_identifier":"a","session_key":"s:a","user_key":"d:a","model_generation":1000,"revision":1}""" + "\n";
        await warehouse.LoadAsync(await LandAsync("2026-03-01", 1, bad: true) with { Rows = [("sessions", Encoding.UTF8.GetBytes(session))] }, default);
        // Events, bad rows and then sessions are written, of which the last cannot be.
        var last = Directory.GetFiles(Folder, "*.extent").Max(file => long.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture));
        var inTheWay = Path.Combine(Folder, $"{last + 3:D10}.extent");
        Directory.CreateDirectory(inTheWay);
        await Should.ThrowAsync<Exception>(() => warehouse.FlushAsync(default));
        await warehouse.TidyAsync(default);
        if (Directory.Exists(inTheWay)) Directory.Delete(inTheWay, recursive: true);

        var next = Open();
        await next.CatchUpAsync(null, default);
        (Count(next, "events"), Count(next, "bad_rows")).ShouldBe((8, 8));
    }

    [Fact]
    public async Task Run_WhenOnePartitionsFilesAreDamaged_GoesOnWithTheOthers()
    {
        await LandAsync("2026-03-01", 1);
        var damaged = Directory.GetFiles(Path.Combine(_folder.Data, "enriched"), "*.gz", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(damaged);
        await _folder.LandAsync("2026-03-01", partition: 1);
        bytes[0] ^= 0xFF;
        await File.WriteAllBytesAsync(damaged, [.. bytes, .. bytes]);

        var warehouse = Open();
        using var stop = new CancellationTokenSource();
        var run = warehouse.RunAsync(stop.Token);
        for (var i = 0; i < 400 && (Count(warehouse, "events") == 0 || warehouse.Problem is null); i++) await Task.Delay(25);
        Count(warehouse, "events").ShouldBe(1);
        warehouse.Problem.ShouldNotBeNull();
        await stop.CancelAsync();
        await run;
        Count(Open(), "events").ShouldBe(1, "what could be loaded is written at the end");
    }

    [Fact]
    public async Task CatchUp_WhereBadFilesWereMovedAway_LoadsTheRest()
    {
        await LandAsync("2026-03-01", 2, bad: true);
        Directory.Delete(Path.Combine(_folder.Data, "bad"), recursive: true);
        var warehouse = Open();
        await warehouse.CatchUpAsync(null, default);
        (Count(warehouse, "events"), Count(warehouse, "bad_rows")).ShouldBe((2, 0));
    }

    [Fact]
    public async Task CatchUp_WhileRangesOfTwoHoursLand_MissesNone()
    {
        var warehouse = Open();
        await warehouse.LoadAsync(await RangeAsync("10", "A"), default);
        await warehouse.FlushAsync(default);
        await RangeAsync("10", "B");
        var blobs = new InterruptedBlobs(_folder.Blobs);
        var next = _folder.Open(blobs: blobs);
        blobs.BeforeSessions = async () =>
        {
            await next.LoadAsync(await RangeAsync("11", "C"), default);
            await next.LoadAsync(await RangeAsync("10", "D"), default);
        };
        await next.CatchUpAsync(null, default);
        await next.CatchUpAsync(null, default);
        Sessions(next).ShouldBe(["A", "B", "C", "D"]);
        await next.FlushAsync(default);
        Sessions(Open()).ShouldBe(["A", "B", "C", "D"]);
    }

    [Fact]
    public async Task Table_WhoseUnitsAreLeftToTheFiles_TellsHowFarItIsBehind()
    {
        await RangeAsync("10", "A");
        var second = await RangeAsync("10", "B");
        var warehouse = Open();
        await warehouse.LoadAsync(second, default);
        await warehouse.Own.PutAsync(Own(1, isWide: false), replaces: true);

        Table(warehouse, "sessions").RecordsBehind.ShouldBe(second.UpTo);
        Table(warehouse, "events").RecordsBehind.ShouldBe(second.UpTo);
        Table(warehouse, "own").RecordsBehind.ShouldBeNull("nothing lands for it");
        await warehouse.CatchUpAsync(null, default);
        Table(warehouse, "sessions").RecordsBehind.ShouldBe(0);
        Table(warehouse, "events").RecordsBehind.ShouldBe(0);
    }

    [Fact]
    public async Task Extents_OfATable_AreThoseInItsFilesAndTheRowsInMemory()
    {
        var warehouse = Open();
        var ids = Enumerable.Range(0, 20).Select(_ => $"{Guid.NewGuid()}").ToArray();
        await warehouse.LoadAsync(await _folder.LandAsync("2026-03-02T12", ids), default);
        await warehouse.FlushAsync(default);
        // Copies that were collected earlier stand in the place of those in the extent.
        await warehouse.LoadAsync(await _folder.LandAsync("2026-03-01T12", [.. ids.Take(5)]), default);

        var extents = Table(warehouse, "events").Extents([]).Select(extent => extent.Details).ToArray();
        extents.Select(extent => (extent.RowCount, extent.DeletedRowCount, extent.Id is null)).ShouldBe([(20, 5, false), (5, 0, true)]);
        var number = long.Parse(extents[0].Id!.Value.ToString()[^12..], CultureInfo.InvariantCulture);
        extents[0].RowBytes.ShouldBe(new FileInfo(Path.Combine(Folder, $"{number:D10}.extent")).Length);
        extents[0].IndexBytes.ShouldBe(new FileInfo(Path.Combine(Folder, $"{number:D10}.keys")).Length);
        extents[0].WrittenOn!.Value.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public async Task Check_OfAWarehouse_FindsEveryDamagedFileAndNoOther()
    {
        var warehouse = Open();
        await warehouse.LoadAsync(await _folder.LandAsync("2026-03-01T12", [.. Enumerable.Range(0, 2000).Select(_ => $"{Guid.NewGuid()}")]), default);
        await warehouse.FlushAsync(default);
        await warehouse.LoadAsync(await _folder.LandAsync("2026-03-01T13", [$"{Guid.NewGuid()}"]), default);
        await warehouse.FlushAsync(default);
        await warehouse.Own.PutAsync(Own(100, isWide: true), replaces: true);
        var told = new List<WarehouseCheckProgress>();

        var verdict = WarehouseCheck.Run(Folder, null, new Told(told), default);

        verdict.Damage.ShouldBeEmpty();
        verdict.Extents.ShouldBe(3);
        told[^1].BytesDone.ShouldBe(told[^1].Bytes);
        var files = Directory.GetFiles(Folder, "*.extent").Order().ToArray();
        DamageTimes(files[0]);
        File.Delete(Directory.GetFiles(Folder, "*.keys").Order().Last());
        File.WriteAllBytes(files[2], File.ReadAllBytes(files[2])[..^1]);
        WarehouseCheck.Run(Folder, null, null, default).Damage.Select(damage => (damage.Table, Path.GetExtension(damage.File), damage.Column)).ShouldBe(
            [("events", ".extent", "collector_tstamp"), ("events", ".keys", null), ("own", ".extent", null)], ignoreOrder: true);
        WarehouseCheck.Run(Folder, "own", null, default).Damage.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Changes_OfUsersTables_AreDoneAsAWholeOrNotAtAll()
    {
        var warehouse = Open();
        await warehouse.Own.ChangeAsync([new OwnChange("own", Own(3, isWide: false), false), new OwnChange("gone", new MemoryTable("gone", [("x", KqlType.Long)], [], 0), false)], "first", default);
        OwnChange[] changes = [new OwnChange("gone", null, false), new OwnChange("own", Own(4, isWide: true), false), new OwnChange("new", new MemoryTable("new", [("x", KqlType.Long)], [Columns.Of(KqlType.Long, [7L])], 1), true)];

        // Where the manifest is to be written there is a folder.
        Directory.CreateDirectory(Path.Combine(Folder, "manifest.json.new"));
        await Should.ThrowAsync<Exception>(() => warehouse.Own.ChangeAsync(changes, "second", default));

        (Tables(warehouse), warehouse.Own.Mark).ShouldBe(("gone:1 own:1", "first"));
        Count(warehouse, "own").ShouldBe(3);
        (Tables(Open()), Open().Own.Mark).ShouldBe(("gone:1 own:1", "first"));
        Directory.Delete(Path.Combine(Folder, "manifest.json.new"));
        await warehouse.Own.ChangeAsync(changes, "second", default);
        foreach (var one in (EmbeddedWarehouse[])[warehouse, Open()])
        {
            (Tables(one), one.Own.Mark).ShouldBe(("new:1 own:2", "second"));
            Count(one, "own").ShouldBe(7);
        }

        Directory.GetFiles(Folder, "*.extent").Length.ShouldBe(2);
    }

    [Fact]
    public async Task CatchUp_OnceDone_ReadsNothingAgainAfterTheNextStart()
    {
        await RangeAsync("10", "A");
        await RangeAsync("10", "B");
        var warehouse = Open();
        await warehouse.CatchUpAsync(null, default);
        await warehouse.FlushAsync(default);
        (await File.ReadAllTextAsync(Path.Combine(Folder, "manifest.json"))).ShouldContain("\"app_errors\": 1", customMessage: "tables without rows are as far as the others' last range");
    }

    [Fact]
    public async Task Rows_MoreThanAnExtentHolds_BecomeSeveralExtents()
    {
        var warehouse = Open();
        await warehouse.Own.PutAsync(Own(ExtentWriter.MaxRows + 50_000, isWide: false), replaces: true);
        await warehouse.Own.PutAsync(Own(1, isWide: true), replaces: false);
        Count(warehouse, "own").ShouldBe(ExtentWriter.MaxRows + 50_001);
        Count(Open(), "own | where isnull(b)").ShouldBe(ExtentWriter.MaxRows + 50_000);
    }

    [Fact]
    public void Merging_TakesNeighboursThatFillAnExtent_AndLeavesALargeOneAmongCrumbs()
    {
        StoreUpkeep.Choose([.. Enumerable.Range(0, 100).Select(_ => new CountedRows(140_000))]).ShouldNotBeNull().Count.ShouldBe(7);
        StoreUpkeep.Choose([new CountedRows(400_000), .. Enumerable.Range(0, 7).Select(_ => new CountedRows(10))]).ShouldBeNull();
        StoreUpkeep.Choose([new CountedRows(400_000), .. Enumerable.Range(0, 8).Select(_ => new CountedRows(10))]).ShouldNotBeNull().Count.ShouldBe(8);
    }

    private static MemoryTable Own(int count, bool isWide)
    {
        Column ids = Columns.Of(KqlType.Long, [.. Enumerable.Range(0, count).Select(i => (object?)(long)i)]);
        return isWide ? new MemoryTable("own", [("id", KqlType.Long), ("b", KqlType.Long)], [ids, ids], count) : new MemoryTable("own", [("id", KqlType.Long)], [ids], count);
    }

    private static string Tables(EmbeddedWarehouse warehouse) =>
        string.Join(' ', warehouse.Own.All().OrderBy(table => table.Name, StringComparer.Ordinal).Select(table => $"{table.Name}:{table.Columns.Count}"));

    private static Table Table(EmbeddedWarehouse warehouse, string name) => warehouse.Snapshot().Single(table => table.Name == name);

    private sealed class Told(List<WarehouseCheckProgress> told) : IProgress<WarehouseCheckProgress>
    {
        public void Report(WarehouseCheckProgress value) => told.Add(value);
    }

    private static long Count(EmbeddedWarehouse warehouse, string query) => LandedFolder.Count(warehouse, query);

    private static IEnumerable<string> Sessions(EmbeddedWarehouse warehouse) =>
        new KqlEngine(new Database(warehouse.Snapshot())).Run("sessions | project session_identifier", new QueryOptions())[0].Rows().Select(row => (string)row[0]!).Order();

    // Changes a byte that belongs to collector_tstamp, and to no key.
    private static void DamageTimes(string file)
    {
        var bytes = File.ReadAllBytes(file);
        for (var at = 8; at < bytes.Length; at += 97)
        {
            var copy = (byte[])bytes.Clone();
            copy[at] ^= 0x55;
            File.WriteAllBytes($"{file}.try", copy);
            try
            {
                using var extent = StoredExtent.Open($"{file}.try");
                _ = extent.UuidAt((int)EventField.EventId, 0);
                if (Record.Exception(() => extent.Int64At((int)EventField.CollectorTstamp, 0)) is not ExtentDamagedException) continue;
                File.Move($"{file}.try", file, overwrite: true);
                return;
            }
            catch (ExtentDamagedException)
            {
                // Another part of it.
            }
        }

        Assert.Fail("No byte of the column was found.");
    }

    private static WarehouseUnit Unit(int partition, long from, params string[] ids) =>
        LandedFolder.Unit(partition, from, new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero), ids);

    private EmbeddedWarehouse Open() => _folder.Open();

    private Task<WarehouseUnit> LandAsync(string day, int count, bool bad = false) => _folder.LandAsync(day, count, bad);

    private async Task<WarehouseUnit> RangeAsync(string hour, string session)
    {
        var unit = await _folder.LandAsync($"2026-03-01T{hour}", [$"{Guid.NewGuid()}"]);
        var row = Encoding.UTF8.GetBytes($$"""{"session_identifier":"{{session}}","session_key":"s:{{session}}","user_key":"d:a","model_generation":1000,"revision":1}""" + "\n");
        await new RowFiles(_folder.Blobs, unit.Partition, new LandingOptions()).AppendAsync("sessions", unit.From, unit.UpTo, unit.Batches[0].Hour, row, default);
        return unit with { Rows = [("sessions", row)] };
    }

    private sealed class CountedRows(int count) : Segment
    {
        public override int RowCount => count;

        public override Extent Rows => throw new NotSupportedException();

        public override int Find(UInt128 key) => -1;

        public override UInt128 KeyAt(int row) => 0;

        public override (long First, long Second) OrderAt(int row) => default;
    }

    /// <summary>Lets something happen before the rows of sessions are listed for the first time.</summary>
    private sealed class InterruptedBlobs(IBlobStore inner) : IBlobStore
    {
        public Func<Task>? BeforeSessions { get; set; }

        public bool CanTruncate => inner.CanTruncate;

        public ValueTask<long?> GetLengthAsync(string name, CancellationToken cancellationToken) => inner.GetLengthAsync(name, cancellationToken);

        public ValueTask<bool> TryAppendAsync(string name, long expectedLength, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
            inner.TryAppendAsync(name, expectedLength, data, cancellationToken);

        public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => inner.ReadAsync(name, offset, buffer, cancellationToken);

        public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (prefix.StartsWith("sessions/", StringComparison.Ordinal) && BeforeSessions is { } interruption)
            {
                BeforeSessions = null;
                await interruption();
            }

            await foreach (var entry in inner.ListAsync(prefix, cancellationToken)) yield return entry;
        }

        public ValueTask<bool> TryTruncateAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken) => inner.TryTruncateAsync(name, length, tail, cancellationToken);

        public ValueTask<bool> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> replacement, CancellationToken cancellationToken) =>
            inner.TryReplaceAsync(name, content, replacement, cancellationToken);

        public ValueTask DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
    }
}
