using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.show tables</c>.</summary>
internal static class ShowTables
{
    public static readonly CommandForm Form = new(
        "show tables", ".show tables [(T, …)] [details]", "All tables, or those named; with `details` how many rows, extents and bytes they have, and how far they are behind the files.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        IReadOnlyList<Token>? names = reader.Parser.IsAt("(") ? reader.Names("the name of a table") : null;
        if (reader.TryWord("details")) return run => TableExtents.Details(run.Database, names?.Select(name => run.Table(name).Name) ?? run.Database.Tables.Keys.Order(StringComparer.Ordinal));
        return run => CommandRows.OfTexts(
            ["TableName", "DatabaseName", "Folder", "DocString"],
            (names?.Select(run.Table) ?? run.Database.Tables.Keys.Order(StringComparer.Ordinal).Select(name => run.Database.Definition(name)!))
                .Select(table => new object?[] { table.Name, run.Database.Name, table.Folder, table.DocString }));
    }
}
