using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.alter table … docstring</c>.</summary>
internal static class AlterTableDocString
{
    public static readonly CommandForm Form = new("alter table * docstring", ".alter table T docstring '…'", "Says what a row of a table is.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        reader.Word("docstring");
        var text = reader.Literal("the docstring");
        return run =>
        {
            var table = run.Table(name) with { DocString = text };
            run.Change(run.Catalog.With(table));
            return TableRows.WithSchema(run.Database, table);
        };
    }
}
