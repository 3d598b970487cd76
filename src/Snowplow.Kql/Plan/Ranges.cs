using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Plan;

/// <summary>What a filter says of the least and greatest values of columns.</summary>
internal static class Ranges
{
    /// <summary>The ranges that every row that passes is within.</summary>
    public static IReadOnlyList<ColumnRange> Of(BoundExpression predicate, Func<ColumnSymbol, int> place) => predicate switch
    {
        LogicalExpression { IsAnd: true } all => [.. all.Operands.SelectMany(operand => Of(operand, place))],
        CallExpression { Operands: [ColumnExpression column, ConstantExpression { Value: { } value }] } call => Range(call.Name, place(column.Column), value),
        CallExpression { Operands: [ConstantExpression { Value: { } value }, ColumnExpression column] } call => Range(Mirrored(call.Name), place(column.Column), value),
        _ => [],
    };

    private static IReadOnlyList<ColumnRange> Range(string operation, int column, object value) => operation switch
    {
        "==" => [new ColumnRange(column, value, value)],
        "<" or "<=" => [new ColumnRange(column, null, value)],
        ">" or ">=" => [new ColumnRange(column, value, null)],
        _ => [],
    };

    private static string Mirrored(string operation) => operation switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", "==" => "==", _ => "" };
}
