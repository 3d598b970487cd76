using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Plan;

/// <summary>What a filter says of single columns.</summary>
internal static class RowTests
{
    // A list of more values is told by its least and greatest alone.
    private const int MostPatterns = 256;

    /// <summary>The tests that every row passes for which the predicate is true.</summary>
    /// <param name="predicate">The predicate.</param>
    /// <param name="place">The place of a column in the table.</param>
    public static IReadOnlyList<RowTest> Of(BoundExpression predicate, Func<ColumnSymbol, int> place) => predicate switch
    {
        LogicalExpression { IsAnd: true } all => [.. all.Operands.SelectMany(operand => Of(operand, place))],
        LogicalExpression any => Any([.. any.Operands.Select(operand => Of(operand, place))]),
        ColumnExpression { Type: KqlType.Bool } column => [new ColumnRange(place(column.Column), true, true)],
        CallExpression { Operands: [var left, ConstantExpression { Value: { } value }] } call => Binary(call.Name, left, value, place),
        CallExpression { Operands: [ConstantExpression { Value: { } value }, var right] } call => Binary(Mirrored(call.Name), right, value, place),
        CallExpression { Operands: [var left], Items: { } items } call => List(call.Name, left, items, place),
        _ => [],
    };

    private static IReadOnlyList<RowTest> Any(IReadOnlyList<RowTest>[] operands) =>
        Array.Exists(operands, tests => tests.Count == 0) ? [] : [new AnyTest([.. operands.Select(tests => tests.Count == 1 ? tests[0] : new AllTests(tests))])];

    private static IReadOnlyList<RowTest> Binary(string operation, BoundExpression left, object value, Func<ColumnSymbol, int> place)
    {
        if (value is string text)
        {
            if (TextColumn(left) is not { } column || TextPatterns.Of(operation, text, column.Type) is not { } pattern) return [];
            return [new TextTest(place(column), [pattern])];
        }

        return operation switch
        {
            "==" => Between(left, value, value, place),
            "<" or "<=" => Between(left, null, value, place),
            ">" or ">=" => Between(left, value, null, place),
            _ => [],
        };
    }

    private static IReadOnlyList<RowTest> List(string operation, BoundExpression left, IReadOnlyList<object> items, Func<ColumnSymbol, int> place)
    {
        if (TextColumn(left) is { } column)
        {
            if (items.Count > MostPatterns || !items.All(item => item is string)) return [];
            var each = operation switch { "in" => "==", "in~" => "=~", "has_any" or "has_all" => "has", _ => "" };
            var patterns = items.Select(item => TextPatterns.Of(each, (string)item, column.Type)).ToList();
            if (operation == "has_all") return [.. patterns.OfType<TextPattern>().Select(pattern => new TextTest(place(column), [pattern]))];
            return patterns.Contains(null) ? [] : [new TextTest(place(column), patterns!)];
        }

        if (operation != "in" || items.Count == 0 || items.Any(item => item is not IComparable || item.GetType() != items[0].GetType())) return [];
        return Between(left, items.Min(), items.Max(), place);
    }

    // Of a column itself, or of what a cast makes of it that keeps the order of its values. A cut number is less than one away.
    private static IReadOnlyList<RowTest> Between(BoundExpression left, object? least, object? greatest, Func<ColumnSymbol, int> place)
    {
        if (left is ColumnExpression { Type: not (KqlType.String or KqlType.Dynamic) } column) return [new ColumnRange(place(column.Column), least, greatest)];
        if (left is not CallExpression { Operands: [var source] } cast) return [];
        return (cast.Name, source.Type) switch
        {
            ("toint" or "tolong" or "toreal" or "todecimal", KqlType.Int or KqlType.Long) or ("toint" or "tolong", KqlType.Bool) => Between(source, least, greatest, place),
            ("toint" or "tolong", KqlType.Real) => Between(source, Real(least) - 1, Real(greatest) + 1, place),
            _ => [],
        };
    }

    private static double? Real(object? value) => value is null ? null : Convert.ToDouble(value, null);

    // A dynamic column is compared with texts as its text.
    private static ColumnSymbol? TextColumn(BoundExpression expression) => expression switch
    {
        ColumnExpression { Type: KqlType.String } column => column.Column,
        CallExpression { Name: "tostring", Operands: [ColumnExpression { Type: KqlType.Dynamic } column] } => column.Column,
        _ => null,
    };

    private static string Mirrored(string operation) => operation switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", "==" => "==", _ => "" };
}
