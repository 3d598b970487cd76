using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Functions.Operators;

/// <summary>
/// <c>in</c>, <c>in~</c>, their negations, <c>has_any</c> and <c>has_all</c>: the right side is values, dynamic arrays, or the first column of a table, of
/// at most a million rows.
/// </summary>
internal static class ListOperators
{
    private const int MaxValues = 1_000_000;

    public static BoundExpression Bind(Binder binder, ExpressionBinder expressions, InSyntax syntax)
    {
        var left = expressions.Bind(syntax.Left);
        var isHas = syntax.Operator.StartsWith("has", StringComparison.Ordinal);
        var constants = new List<(BoundExpression Source, object?[] Values)>();
        var varying = new List<BoundExpression>();
        foreach (var value in syntax.Values)
        {
            if (binder.IsTabular(value)) constants.Add(FirstColumn(binder, value));
            else if (expressions.Bind(value) is var bound && bound is ConstantExpression constant) constants.Add((constant, Items(constant.Value)));
            else varying.Add(bound);
        }

        return isHas
            ? Has(syntax, Conversions.To(left, KqlType.String), [.. constants.SelectMany(constant => constant.Values)], varying)
            : In(syntax, left, constants, varying);
    }

    private static (BoundExpression Source, object?[] Values) FirstColumn(Binder binder, ExpressionSyntax syntax)
    {
        var plan = binder.BindTable(syntax);
        var first = plan.Schema[0];
        var rows = binder.Run(plan.Prune(new HashSet<ColumnSymbol> { first }));
        if (rows.RowCount > MaxValues) throw new KqlException(KqlErrorKind.Limit, $"The table of 'in' has {rows.RowCount} rows, more than {MaxValues}");
        var values = new object?[rows.RowCount];
        for (var i = 0; i < values.Length; i++) values[i] = rows[first].Box(i);
        return (new ColumnExpression(first), values);
    }

    private static object?[] Items(object? value) => value as object?[] ?? [value];

    private static LogicalExpression Logical(bool isAnd, params IEnumerable<BoundExpression> operands) => new(isAnd, [.. operands]);

    private static BoundExpression In(InSyntax syntax, BoundExpression left, List<(BoundExpression Source, object?[] Values)> constants, List<BoundExpression> varying)
    {
        var isNegated = syntax.Operator.StartsWith('!');
        var ignoresCase = syntax.Operator.EndsWith('~');
        // All sides are widened to one type, as == does it.
        BoundExpression wide = left;
        foreach (var (source, _) in constants)
        {
            if (source.Type == KqlType.Dynamic || left.Type == KqlType.Dynamic) continue;
            var type = Comparison.CommonType(wide, source) ?? throw BindFailure.Semantic("SEM0104", $"'in' cannot compare {left.Type.Name()} with {source.Type.Name()}", syntax.Span);
            wide = Conversions.To(wide, type);
        }

        var set = new HashSet<object>(constants.SelectMany(constant => constant.Values.Select(value => Member(wide.Type, constant.Source.Type, value, ignoresCase))).OfType<object>());
        BoundExpression found = new CallExpression(syntax.Operator, KqlType.Bool, Membership(set, wide.Type, ignoresCase, isNegated), [wide]) { Items = [.. set] };
        if (left.Type == KqlType.Dynamic && constants.Exists(constant => constant.Source.Type == KqlType.String))
        {
            // Beside a text, a dynamic value is its text, as with ==.
            var texts = new HashSet<object>(constants.Where(constant => constant.Source.Type == KqlType.String).SelectMany(constant => constant.Values.Select(value => Key(value, ignoresCase))).OfType<object>());
            found = Logical(isNegated, found, new CallExpression(syntax.Operator, KqlType.Bool, Membership(texts, KqlType.String, ignoresCase, isNegated), [Conversions.To(left, KqlType.String)]) { Items = [.. texts] });
        }

        foreach (var value in varying)
        {
            BoundExpression other;
            if (value.Type == KqlType.Dynamic)
            {
                other = new CallExpression(syntax.Operator, KqlType.Bool, Kernels.OfRow(KqlType.Bool, row => Items(row[1]).Any(item => DynamicValue.AreEqual(DynamicValue.Of(row[0]), item)) != isNegated), [left, value]);
            }
            else
            {
                other = (ignoresCase ? TextOperators.Bind(isNegated ? "!~" : "=~", left, value) : Comparison.Bind(isNegated ? "!=" : "==", left, value))
                    ?? throw BindFailure.Semantic("SEM0104", $"'in' cannot compare {left.Type.Name()} with {value.Type.Name()}", syntax.Span);
            }

            found = Logical(isNegated, found, other);
        }

        return found;
    }

    // A value of the list as what the left side is compared with; null where nothing is equal to it.
    private static object? Member(KqlType wide, KqlType source, object? value, bool ignoresCase)
    {
        if (wide == KqlType.Dynamic) return value is double.NaN ? null : Key(value, ignoresCase);
        var member = source == KqlType.Dynamic ? DynamicValue.Exactly(wide, value) : DynamicValue.To(wide, value);
        return member switch { double.NaN => null, string text when ignoresCase => text.ToUpperInvariant(), _ => member };
    }

    private static object? Key(object? value, bool ignoresCase) => value switch
    {
        string text when ignoresCase => text.ToUpperInvariant(),
        object?[] or Bag => DynamicJson.Text(value),
        double real when real == Math.Floor(real) && Math.Abs(real) < 9.2e18 => (long)real,
        decimal number when decimal.Floor(number) == number && Math.Abs(number) < 9.2e18m => (long)number,
        decimal number => (double)number,
        int number => (long)number,
        _ => value,
    };

    private static Kernel Membership(HashSet<object> set, KqlType type, bool ignoresCase, bool isNegated)
    {
        if (type.IsInt64())
        {
            var longs = set.Select(value => value switch { DateTime time => time.Ticks, TimeSpan span => span.Ticks, _ => (long)value }).ToHashSet();
            return (arguments, rows, _) =>
            {
                var result = new bool[rows];
                var column = (ValueColumn<long>)arguments[0];
                for (var i = 0; i < rows; i++) result[i] = (!column.IsNull(i) && longs.Contains(column[i])) != isNegated;
                return new ValueColumn<bool>(KqlType.Bool, result);
            };
        }

        object? Own(object? value) => type == KqlType.Dynamic || ignoresCase ? Key(value, ignoresCase) : value;
        return (arguments, rows, _) =>
        {
            var result = new bool[rows];
            for (var i = 0; i < rows; i++) result[i] = (Own(arguments[0].Box(i)) is { } key && set.Contains(key)) != isNegated;
            return new ValueColumn<bool>(KqlType.Bool, result);
        };
    }

    private static BoundExpression Has(InSyntax syntax, BoundExpression left, List<object?> constants, List<BoundExpression> varying)
    {
        var isAll = syntax.Operator == "has_all";
        string[] texts = [.. constants.Select(DynamicValue.Text)];
        Func<string, string, bool> has = (text, sought) => TextOperators.Has(text, sought, StringComparison.OrdinalIgnoreCase);
        BoundExpression found = new CallExpression(
            syntax.Operator, KqlType.Bool, Kernels.Of((string text) => isAll ? Array.TrueForAll(texts, sought => has(text, sought)) : Array.Exists(texts, sought => has(text, sought))), [left]) { Items = texts };
        foreach (var value in varying)
        {
            var other = new CallExpression(
                syntax.Operator,
                KqlType.Bool,
                Kernels.OfRow(KqlType.Bool, row => isAll ? Items(row[1]).All(item => has((string)row[0]!, DynamicValue.Text(item))) : Items(row[1]).Any(item => has((string)row[0]!, DynamicValue.Text(item)))),
                [left, value]);
            found = Logical(isAll, found, other);
        }

        return found;
    }
}
