using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Commands.Rows;

/// <summary><c>.clear table … data</c>.</summary>
internal static class ClearTable
{
    public static readonly CommandForm Form = new("clear table * data", ".clear table T data", "Removes all rows of a table.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        reader.Word("data");
        return run =>
        {
            var table = run.OwnTable(name);
            run.Put(new MemoryTable(table.Name, WidenedTable.ColumnsOf(table), [], 0), replaces: true, name.Span);
            return CommandRows.OfTexts(["Status"], [["Completed"]]);
        };
    }
}
