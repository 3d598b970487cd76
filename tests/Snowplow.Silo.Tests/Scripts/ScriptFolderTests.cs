using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Model;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Silo.Tests.Scripts;

/// <summary>The scripts as a database of Data Explorer loads them: all of them, in their order, with every body bound.</summary>
public sealed class ScriptFolderTests
{
    [Fact]
    public void Scripts_InTheirOrder_AreAllBound() => AzureDatabase.Load().Catalog.Functions.Count.ShouldBeGreaterThan(30);

    [Fact]
    public void Tables_OfAnalysts_HaveTheColumnsThatTheyHaveHere()
    {
        var engine = new KqlEngine(AzureDatabase.Load());
        foreach (var table in ModelTables.All) Columns(engine, table.Name).ShouldBe(table.Columns.Select(column => (column.Name, column.Type)), table.Name);
        Columns(engine, "events").ShouldBe(EventTable.Columns.Select(column => (column.Name, column.Type.Name())));
    }

    private static IEnumerable<(string Name, string Type)> Columns(KqlEngine engine, string table) =>
        engine.Run($"{table} | getschema | project ColumnName, ColumnType", new QueryOptions())[0].Rows().Select(row => ((string)row[0]!, (string)row[1]!));
}
