using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.create table</c>.</summary>
internal static class CreateTable
{
    public static readonly CommandForm Form = new(
        "create table *",
        ".create table T (column:type, …) [with (docstring = '…', folder = '…')]",
        "Makes a table; one of that name stays as it is.",
        Read);

    private static CommandAction Read(CommandReader reader)
    {
        var table = TableDeclaration.Read(reader);
        return run =>
        {
            if (run.Database.Definition(table.Name.Text) is null) run.Change(run.Catalog.With(table.Definition));
            return TableRows.WithSchema(run.Database, run.Table(table.Name));
        };
    }
}
