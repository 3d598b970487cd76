using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>Functions that need more than the values of their arguments: tables, or the columns of the place.</summary>
internal static class SpecialCalls
{
    /// <summary>Names and what they give, for the documentation.</summary>
    public static readonly (string Name, string Summary)[] All =
    [
        ("toscalar", "The first value of a table's first row; a value as it is."),
        ("column_ifexists", "A column where there is one of that name, else another expression."),
        ("pack_all", "All columns of the row in a bag; with true, without those that are null or empty."),
        ("bag_pack_columns", "Columns of the row in a bag."),
        ("column_names_of", "The names of a table's columns in an array."),
        ("current_database", "The name of the database."),
        ("parse_user_agent", "Of a user agent its 'browser', 'os' and 'device', one or an array of them, in bags of a bag, by the rules of uap-core."),
        ("bin_auto", "bin by the options query_bin_auto_size and query_bin_auto_at."),
    ];

    /// <summary>The call; null where it is none of these functions.</summary>
    public static BoundExpression? Bind(Binder binder, ExpressionBinder expressions, CallSyntax call) => call.Name switch
    {
        "toscalar" when call.Arguments is [var argument] => ToScalar(binder, expressions, argument),
        "column_ifexists" or "columnifexists" when call.Arguments is [var name, var other] => expressions.Schema.Find((string)binder.Constant(name, KqlType.String)!) is { } column
            ? new ColumnExpression(column)
            : expressions.Bind(other),
        "pack_all" when call.Arguments.Count <= 1 => PackAll(expressions, call.Arguments is [var flag] && binder.Constant(flag, KqlType.Bool) is true),
        "bag_pack_columns" when call.Arguments.Count > 0 => Packed([.. call.Arguments.Select(argument => ColumnOf(expressions, argument))], false),
        "column_names_of" when call.Arguments is [var table] => new ConstantExpression(
            new Literal(KqlType.Dynamic, binder.BindTable(table).Schema.Select(each => (object?)each.Name).ToArray())),
        "current_database" when call.Arguments.Count == 0 => new ConstantExpression(new Literal(KqlType.String, binder.Database.Name)),
        "parse_user_agent" when call.Arguments is [var agent, var parts] => UserAgentParts.Bind(binder, expressions.Bind(agent), expressions.Bind(parts), call),
        "bin_auto" when call.Arguments is [var value] => BinAuto(binder, expressions, value, call),
        _ => null,
    };

    private static BoundExpression ToScalar(Binder binder, ExpressionBinder expressions, ExpressionSyntax argument)
    {
        if (!binder.IsTabular(argument)) return expressions.Bind(argument);
        var plan = binder.BindTable(argument);
        var first = plan.Schema[0];
        plan = new Operators.Take(plan.Prune(new HashSet<ColumnSymbol> { first }), 1);
        var rows = binder.Run(plan);
        return new ConstantExpression(new Literal(first.Type, rows.RowCount == 0 ? (first.Type == KqlType.String ? "" : null) : rows[first].Box(0)));
    }

    private static ColumnSymbol ColumnOf(ExpressionBinder expressions, ExpressionSyntax argument) =>
        expressions.Bind(argument) is ColumnExpression column ? column.Column : throw BindFailure.Semantic("SEM0104", "bag_pack_columns() takes columns", argument.Span);

    private static CallExpression PackAll(ExpressionBinder expressions, bool ignoresEmpty) => Packed([.. expressions.Schema], ignoresEmpty);

    /// <summary>A bag of columns by their names; of those that are not empty alone where it says so.</summary>
    public static CallExpression Packed(IReadOnlyList<ColumnSymbol> columns, bool ignoresEmpty)
    {
        return new CallExpression(
            "pack_all",
            KqlType.Dynamic,
            Kernels.OfRow(KqlType.Dynamic, row =>
            {
                var bag = new Bag();
                for (var i = 0; i < row.Length; i++)
                    if (!ignoresEmpty || row[i] is not (null or "")) bag[columns[i].Name] = DynamicValue.Of(row[i]);
                return bag;
            }),
            [.. columns.Select(column => new ColumnExpression(column))]);
    }

    private static BoundExpression BinAuto(Binder binder, ExpressionBinder expressions, ExpressionSyntax value, CallSyntax call)
    {
        var bound = expressions.Bind(value);
        if (!binder.Context.Settings.TryGetValue("query_bin_auto_size", out var size) || size is null)
            throw BindFailure.Semantic("SEM0109", "bin_auto() needs 'set query_bin_auto_size = …'", call.Span);
        var at = binder.Context.Settings.GetValueOrDefault("query_bin_auto_at");
        var width = new ConstantExpression(new Literal(TypeOf(size), size));
        IReadOnlyList<BoundExpression> arguments = at is null ? [bound, width] : [bound, width, new ConstantExpression(new Literal(TypeOf(at), at))];
        return ExpressionBinder.Apply(FunctionTable.Find(at is null ? "bin" : "bin_at")!, arguments)
            ?? throw BindFailure.Semantic("SEM0219", $"bin_auto() cannot take {bound.Type.Name()} with the options that are set", call.Span);
    }

    private static KqlType TypeOf(object value) => value switch
    {
        DateTime => KqlType.DateTime, TimeSpan => KqlType.TimeSpan, double => KqlType.Real, int => KqlType.Int, decimal => KqlType.Decimal, _ => KqlType.Long,
    };
}
