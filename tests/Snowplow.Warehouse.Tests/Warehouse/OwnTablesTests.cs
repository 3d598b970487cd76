using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Storage.Blobs;
using Snowplow.Warehouse.Store;

namespace Snowplow.Warehouse.Tests.Warehouse;

public sealed class OwnTablesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snowplow-own-");

    private string Folder => Path.Combine(_folder.FullName, "warehouse");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Rows_WhenTheWarehouseIsOpenedAgain_AreThere()
    {
        await Open().Own.PutAsync(Table(("id", [1L, null]), ("name", ["a", ""])), replaces: false);
        await Open().Own.PutAsync(Table(("id", [3L]), ("name", ["c"])), replaces: false);

        Rows(Open()).ShouldBe(["1,a", ",", "3,c"]);
    }

    [Fact]
    public async Task Rows_ThatReplaceOthers_StandAloneWithTheirOwnColumns()
    {
        var warehouse = Open();
        await warehouse.Own.PutAsync(Table(("id", [1L, 2L]), ("name", ["a", "b"])), replaces: false);
        await warehouse.Own.PutAsync(Table(("other", ["x"])), replaces: true);

        Rows(warehouse).ShouldBe(["x"]);
        Rows(Open()).ShouldBe(["x"]);
        Directory.GetFiles(Folder).Length.ShouldBe(2, "the manifest and one extent");
    }

    [Fact]
    public async Task Rows_WithMoreColumnsThanTheTable_LeaveNullsInThoseThatAreThere()
    {
        var warehouse = Open();
        await warehouse.Own.PutAsync(Table(("id", [1L])), replaces: false);
        await warehouse.Own.PutAsync(Table(("id", [2L]), ("name", ["b"]), ("n", [5L])), replaces: false);

        Rows(warehouse).ShouldBe(["1,,", "2,b,5"]);
        Rows(Open()).ShouldBe(["1,,", "2,b,5"]);
    }

    [Fact]
    public async Task Table_ThatIsDropped_IsGoneWithItsFiles()
    {
        var warehouse = Open();
        await warehouse.Own.PutAsync(Table(("id", [1L])), replaces: false);
        await warehouse.Own.ChangeAsync([new OwnChange("own", null, false)], null, default);

        warehouse.Own.All().ShouldBeEmpty();
        Open().Own.All().ShouldBeEmpty();
        Directory.GetFiles(Folder).Length.ShouldBe(1, "the manifest");
    }

    [Fact]
    public async Task Rows_MoreThanAreWrittenAtOnce_AreAllThere()
    {
        var count = OwnTables.MostAtOnce + 10;
        var warehouse = Open();
        await warehouse.Own.PutAsync(Table(("id", [.. Enumerable.Range(0, count).Select(i => (object?)(long)i)])), replaces: true);

        new KqlEngine(new Database(Open().Snapshot())).Run("own | summarize n = dcount(id, 4), last = max(id), c = count()", new QueryOptions())[0].Rows().Single()[1..].ShouldBe([(long)count - 1, (long)count]);
    }

    [Fact]
    public async Task TableOfThePlatform_TakesNoRows() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Open().Own.PutAsync(new MemoryTable("events", [("id", KqlType.Long)], [], 0), replaces: false))).Message.ShouldContain("'events'");

    private static MemoryTable Table(params (string Name, object?[] Values)[] columns) => new(
        "own",
        [.. columns.Select(column => (column.Name, column.Values.Any(value => value is string) ? KqlType.String : KqlType.Long))],
        [.. columns.Select(column => Columns.Of(column.Values.Any(value => value is string) ? KqlType.String : KqlType.Long, column.Values))],
        columns[0].Values.Length);

    private static IEnumerable<string> Rows(EmbeddedWarehouse warehouse) =>
        new KqlEngine(new Database(warehouse.Snapshot())).Run("own", new QueryOptions())[0].Rows().Select(row => string.Join(',', row));

    private EmbeddedWarehouse Open() =>
        EmbeddedWarehouse.Open(Folder, new FolderBlobStore(_folder.FullName), new WarehouseOptions(), TimeProvider.System, NullLogger.Instance);
}
