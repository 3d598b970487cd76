using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.alter table … folder</c>.</summary>
internal static class AlterTableFolder
{
    public static readonly CommandForm Form = new("alter table * folder", ".alter table T folder '…'", "Says in which folder clients show a table.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        reader.Word("folder");
        var text = reader.Literal("the folder");
        return run =>
        {
            var table = run.Table(name) with { Folder = text };
            run.Change(run.Catalog.With(table));
            return TableRows.WithSchema(run.Database, table);
        };
    }
}
