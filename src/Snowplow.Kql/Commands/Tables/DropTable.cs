using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;

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
            if (!mayLack || run.Database.Tables.ContainsKey(name.Text))
            {
                var table = run.OwnTable(name);
                run.Put(new MemoryTable(table.Name, [], [], 0), replaces: true, name.Span);
                run.Change(run.Catalog with { Tables = run.Catalog.Tables.Remove(table.Name) });
            }

            return CommandRows.OfTexts(["TableName", "DatabaseName"], run.Database.Tables.Keys.Order(StringComparer.Ordinal).Select(table => new object?[] { table, run.Database.Name }));
        };
    }
}
