using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Storage.Warehouse;

namespace Snowplow.Warehouse.Tests.Warehouse;

/// <summary>What the warehouse does with its files, and what a crash leaves of it.</summary>
public sealed class WarehouseUpkeepTests : IDisposable
{
    private readonly LandedFolder _folder = new();

    private string Folder => _folder.Warehouse;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Extents_OfManyWrites_AreMerged()
    {
        var warehouse = Open();
        for (var i = 0; i < 40; i++)
        {
            await warehouse.LoadAsync(await LandAsync($"2026-03-0{1 + (i / 10)}"), default);
            await warehouse.FlushAsync(default);
            await warehouse.TidyAsync(default);
        }

        warehouse.Extents.Count.ShouldBeLessThan(16);
        Count(warehouse, "events").ShouldBe(40);
        Directory.GetFiles(Folder, "*.extent").Length.ShouldBe(warehouse.Extents.Count, "what was replaced is deleted");
        Count(Open(), "events").ShouldBe(40);
    }

    [Fact]
    public async Task Extents_WhoseRowsAreAllOlderThanRetention_AreDropped()
    {
        var time = new FixedTime(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
        var warehouse = _folder.Open(new WarehouseOptions { Retention = TimeSpan.FromDays(2) }, time);
        for (var day = 1; day <= 4; day++)
        {
            await warehouse.LoadAsync(await LandAsync($"2026-03-0{day}"), default);
            await warehouse.FlushAsync(default);
        }

        await warehouse.TidyAsync(default);
        Count(warehouse, "events | where collector_tstamp < datetime(2026-03-02 12:00)").ShouldBe(0);
        Count(warehouse, "events").ShouldBe(3, "what is exactly so old is kept");
        Count(Open(), "events").ShouldBe(3);
        Directory.GetFiles(Folder, "*.extent").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Warehouse_KilledBeforeItsManifestIsSwapped_LoadsAgainWhatTheWriteHeld()
    {
        var warehouse = Open();
        await warehouse.LoadAsync(await LandAsync("2026-03-01"), default);
        await warehouse.FlushAsync(default);
        var manifest = await File.ReadAllBytesAsync(Path.Combine(Folder, "manifest.json"));
        await warehouse.LoadAsync(await LandAsync("2026-03-02"), default);
        await warehouse.FlushAsync(default);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "manifest.json"), manifest);

        var next = Open();
        Directory.GetFiles(Folder, "*.extent").Length.ShouldBe(1, "files that no manifest names are deleted");
        Count(next, "events").ShouldBe(1);
        await next.CatchUpAsync(null, default);
        Count(next, "events").ShouldBe(2);
    }

    [Fact]
    public async Task Warehouse_KilledBeforeReplacedFilesAreDeleted_DeletesThemAtTheNextStart()
    {
        var warehouse = Open();
        for (var i = 0; i < 8; i++)
        {
            await warehouse.LoadAsync(await LandAsync("2026-03-01"), default);
            await warehouse.FlushAsync(default);
        }

        var before = Directory.GetFiles(Folder, "*.*").Where(file => !file.EndsWith(".json", StringComparison.Ordinal)).ToDictionary(file => file, File.ReadAllBytes);
        await warehouse.TidyAsync(default);
        foreach (var (file, content) in before) await File.WriteAllBytesAsync(file, content);

        Count(Open(), "events").ShouldBe(8);
        Directory.GetFiles(Folder, "*.extent").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Warehouse_WhoseDiskFails_KeepsItsRowsInMemoryAndWritesThemLater()
    {
        var warehouse = Open();
        await warehouse.LoadAsync(await LandAsync("2026-03-01"), default);
        Directory.Delete(Folder);
        await Should.ThrowAsync<IOException>(() => warehouse.FlushAsync(default));
        Count(warehouse, "events").ShouldBe(1);
        await warehouse.LoadAsync(await LandAsync("2026-03-02"), default);
        Count(warehouse, "events").ShouldBe(2);

        Directory.CreateDirectory(Folder);
        await warehouse.FlushAsync(default);
        warehouse.RowsInMemory.ShouldBe(0);
        Count(Open(), "events").ShouldBe(2);
    }

    [Fact]
    public async Task Snapshot_WhileRowsAreLoadedWrittenAndMerged_StaysAsItWas()
    {
        var warehouse = Open();
        await warehouse.LoadAsync(await LandAsync("2026-03-01"), default);
        var snapshot = new Database(warehouse.Snapshot());
        for (var i = 0; i < 10; i++)
        {
            await warehouse.LoadAsync(await LandAsync("2026-03-02"), default);
            await warehouse.FlushAsync(default);
            await warehouse.TidyAsync(default);
        }

        new KqlEngine(snapshot).Run("events | count", new QueryOptions())[0].Rows().Single()[0].ShouldBe(1L);
        Count(warehouse, "events").ShouldBe(11);
    }

    [Fact]
    public void Warehouse_OfANewerVersion_IsRefusedWithAReason()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "manifest.json"), """{"layout":99,"next_file":1}""");
        Should.Throw<IOException>(Open).Message.ShouldContain("has layout 99, of a newer version");
        Should.Throw<IOException>(() => WarehouseReset.All(Folder)).Message.ShouldContain("newer version", customMessage: "an older program must not delete it");
        File.WriteAllText(Path.Combine(Folder, "manifest.json"), "{");
        Should.Throw<InvalidDataException>(Open).Message.ShouldContain("'snowplow rebuild' makes it anew");
    }

    private static long Count(EmbeddedWarehouse warehouse, string query) => LandedFolder.Count(warehouse, query);

    private EmbeddedWarehouse Open() => _folder.Open();

    private Task<WarehouseUnit> LandAsync(string day) => _folder.LandAsync(day);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
