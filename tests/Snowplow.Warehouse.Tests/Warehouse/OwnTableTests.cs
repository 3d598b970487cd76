using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Storage.Blobs;

namespace Snowplow.Warehouse.Tests.Warehouse;

/// <summary>Tables that users put rows into.</summary>
public sealed class OwnTableTests : IDisposable
{
    private static readonly (string, KqlType)[] Customers = [("id", KqlType.Long), ("name", KqlType.String)];

    private readonly string _folder = Directory.CreateTempSubdirectory("warehouse").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RowsOfUsers_AreThereAfterTheNextOpening_AndAfterARebuild()
    {
        var warehouse = Open();
        await warehouse.PutAsync("customers", Customers, [Rows(1, "ann"), Rows(2, "bob")], replaces: false, default);
        await warehouse.PutAsync("customers", Customers, [Rows(3, "cleo")], replaces: false, default);
        Names(warehouse).ShouldBe(["ann", "bob", "cleo"]);
        Names(Open()).ShouldBe(["ann", "bob", "cleo"]);
        WarehouseReset.All(Folder);
        Names(Open()).ShouldBe(["ann", "bob", "cleo"]);
    }

    [Fact]
    public async Task RowsOfUsers_WhenReplacedOrDropped_LeaveNoFiles()
    {
        var warehouse = Open();
        await warehouse.PutAsync("customers", Customers, [Rows(1, "ann")], replaces: false, default);
        await warehouse.PutAsync("customers", [("name", KqlType.String)], [[Rows(1, "dora")[1]]], replaces: true, default);
        Names(warehouse).ShouldBe(["dora"]);
        Directory.GetFiles(Folder, "*.extent").Length.ShouldBe(1);
        (await warehouse.DropAsync("customers", default)).ShouldBeTrue();
        (await warehouse.DropAsync("customers", default)).ShouldBeFalse();
        Directory.GetFiles(Folder).Select(Path.GetFileName).ShouldBe(["manifest.json"]);
    }

    [Fact]
    public async Task RowsOfUsers_ThatDoNotFit_ChangeNothingAndSayWhy()
    {
        var warehouse = Open();
        await warehouse.PutAsync("customers", Customers, [Rows(1, "ann")], replaces: false, default);
        (await Should.ThrowAsync<ArgumentException>(() => warehouse.PutAsync("customers", [("id", KqlType.Int)], [], replaces: false, default))).Message.ShouldContain("(id:long, name:string), not (id:int)");
        (await Should.ThrowAsync<ArgumentException>(() => warehouse.PutAsync("events", Customers, [], replaces: true, default))).Message.ShouldContain("made of what lands");
        await Should.ThrowAsync<ArgumentException>(() => warehouse.DropAsync("sessions", default));
        Directory.Delete(Folder, recursive: true);
        await Should.ThrowAsync<IOException>(() => warehouse.PutAsync("customers", Customers, [Rows(2, "bob")], replaces: false, default));
        Names(warehouse).ShouldBe(["ann"]);
    }

    private string Folder => Path.Combine(_folder, "warehouse");

    private static Column[] Rows(long id, string name) => [Columns.Of(KqlType.Long, [id]), Columns.Of(KqlType.String, [name])];

    private static IEnumerable<string> Names(EmbeddedWarehouse warehouse) =>
        new KqlEngine(new Database(warehouse.Snapshot())).Run("customers | project name", new QueryOptions())[0].Rows().Select(row => (string)row[0]!);

    private EmbeddedWarehouse Open() => EmbeddedWarehouse.Open(Folder, new FolderBlobStore(_folder), new WarehouseOptions(), TimeProvider.System, NullLogger.Instance);
}
