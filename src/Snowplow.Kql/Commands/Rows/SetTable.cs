using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Rows;

/// <summary><c>.set</c>, <c>.append</c>, <c>.set-or-append</c> and <c>.set-or-replace</c>: the rows of a query become rows of a table.</summary>
internal static class SetTable
{
    public static readonly CommandForm[] Forms =
    [
        FormOf("set", "Makes a table of the rows of a query; it must not be there yet."),
        FormOf("append", "Puts the rows of a query into a table, whose columns have the same types in the same order."),
        FormOf("set-or-append", "Puts the rows of a query into a table, which is made where it is missing."),
        FormOf("set-or-replace", "Puts the rows of a query in the place of all rows of a table, which has the query's columns afterwards."),
    ];

    private static readonly (string, KqlType)[] Columns =
        [("ExtentId", KqlType.Guid), ("OriginalSize", KqlType.Long), ("ExtentSize", KqlType.Long), ("ColumnSize", KqlType.Long), ("IndexSize", KqlType.Long), ("RowCount", KqlType.Long)];

    private static CommandForm FormOf(string verb, string summary) =>
        new($"{verb} *", $".{verb} T [with (docstring = '…', folder = '…')] <| query", summary, reader => Read(reader, verb));

    private static CommandAction Read(CommandReader reader, string verb)
    {
        var name = reader.Name("the name of a table");
        var properties = reader.Properties("docstring", "folder", "distributed");
        reader.Parser.Expect("<");
        reader.Parser.Expect("|");
        var first = reader.Parser.Current;
        var statements = reader.Parser.ReadStatements(null);
        return run =>
        {
            var result = Run(run, statements, first.Span);
            var table = Target(run, verb, name, result, properties);
            var rows = CommandRows.ToTable(result, table);
            run.Change(run.Catalog.With(table));
            run.Put(rows, verb == "set-or-replace", name.Span);
            return CommandRows.Of(Columns, [[Guid.NewGuid(), null, null, null, null, result.RowCount]]);
        };
    }

    // All rows are kept, and so there is no limit but the memory.
    private static ResultTable Run(CommandRun run, IReadOnlyList<StatementSyntax> statements, TextSpan place)
    {
        var binder = run.Binder(run.Options with { MaxResultRows = long.MaxValue, MaxResultBytes = long.MaxValue });
        return KqlEngine.Run(SingleQuery.Bind(binder, statements, place), "rows", null, binder.Context);
    }

    private static TableDefinition Target(CommandRun run, string verb, Token name, ResultTable result, CommandProperties properties)
    {
        var own = new TableDefinition(name.Text, [.. result.Columns.Select(column => new ColumnDefinition(column.Name, column.Type, ""))], properties["folder"], properties["docstring"]);
        if (run.Database.Definition(name.Text) is null) return verb == "append" ? throw BindFailure.Unresolved("table", name.Text, name.Span) : own;
        var known = run.OwnTable(name);
        if (verb == "set") throw BindFailure.Semantic("SEM0303", $"There is a table '{name.Text}': use .set-or-append or .set-or-replace", name.Span);
        if (verb == "set-or-replace") return known with { Columns = own.Columns };
        if (!known.Columns.Select(column => column.Type).SequenceEqual(own.Columns.Select(column => column.Type)))
            throw BindFailure.Semantic("SEM0309", $"The query gives ({own.CslSchema}), and the table '{name.Text}' has ({known.CslSchema}): their types must be the same, in the same order", name.Span);
        return known;
    }
}
