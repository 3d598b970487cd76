using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.alter-merge table … column-docstrings</c>.</summary>
internal static class AlterColumnDocStrings
{
    public static readonly CommandForm Form = new(
        "alter-merge table * column-docstrings", ".alter-merge table T column-docstrings (column: '…', …)", "Says what columns of a table hold.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        reader.Word("column-docstrings");
        reader.Parser.Expect("(");
        var texts = reader.Parser.ReadList(() =>
        {
            var column = reader.Name("a column");
            reader.Parser.Expect(":");
            return (Column: column, Text: reader.Literal("the docstring"));
        });
        reader.Parser.Expect(")");
        return run =>
        {
            var table = run.Table(name);
            foreach (var (column, text) in texts)
            {
                var own = table.Columns.FirstOrDefault(one => one.Name == column.Text) ?? throw BindFailure.Unresolved("column", column.Text, column.Span);
                table = table with { Columns = table.Columns.Replace(own, own with { DocString = text }) };
            }

            run.Change(run.Catalog.With(table));
            return TableRows.WithSchema(run.Database, table);
        };
    }
}
