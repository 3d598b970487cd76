using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.drop table</c>.</summary>
internal static class DropTable
{
    public static readonly CommandForm Form = new("drop table *", ".drop table T [ifexists]", "Removes a table and its rows.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        var mayLack = reader.TryWord("ifexists");
        return run =>
        {
            if (!mayLack || run.Database.Tables.ContainsKey(name.Text)) run.Change(run.Catalog with { Tables = run.Catalog.Tables.Remove(run.OwnTable(name).Name) });
            return CommandRows.OfTexts(["TableName", "DatabaseName"], run.Database.Tables.Keys.Order(StringComparer.Ordinal).Select(table => new object?[] { table, run.Database.Name }));
        };
    }
}
