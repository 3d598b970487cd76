using Snowplow.Model;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Tests;

public sealed class RowTableTests
{
    [Fact]
    public void ModelTables_AreTheAreasOfRowFilesAndHaveTheirKeys()
    {
        ModelTables.All.Select(table => table.Name).ShouldBe(LandingPath.Tables, ignoreOrder: true);
        foreach (var table in ModelTables.All) table.Key.ShouldBeSubsetOf(table.Columns.Select(column => column.Name));
    }
}
