using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions;

/// <summary>Functions that give one of their arguments: iff, case, coalesce, max_of, min_of.</summary>
internal static class Choice
{
    /// <summary>The value of the first condition that is true, else the last; null where the arguments do not fit.</summary>
    public static BoundExpression? Bind(string name, IReadOnlyList<BoundExpression> conditions, IReadOnlyList<BoundExpression> values)
    {
        if (!conditions.All(condition => condition.Type is KqlType.Bool or KqlType.Dynamic) || CommonType(values) is not { } type) return null;
        IReadOnlyList<BoundExpression> arguments = [.. conditions.Select(condition => Conversions.To(condition, KqlType.Bool)), .. values.Select(value => Conversions.To(value, type))];
        return new CallExpression(name, type, (columns, rows, _) =>
        {
            var chosen = new int[rows];
            Array.Fill(chosen, conditions.Count);
            for (var c = conditions.Count - 1; c >= 0; c--)
            {
                var condition = (ValueColumn<bool>)columns[c];
                for (var i = 0; i < rows; i++)
                    if (condition[i] && !condition.IsNull(i)) chosen[i] = c;
            }

            return Select(type, chosen, columns[conditions.Count..]);
        }, arguments);
    }

    /// <summary>The first value that is not null, or not empty.</summary>
    public static BoundExpression? Coalesce(IReadOnlyList<BoundExpression> values)
    {
        if (values.Count < 2 || CommonType(values) is not { } type) return null;
        return new CallExpression("coalesce", type, (columns, rows, _) =>
        {
            var chosen = new int[rows];
            for (var i = 0; i < rows; i++)
            {
                var place = Array.FindIndex(columns, column => column is StringColumn strings ? !strings.Utf8(i).IsEmpty : !column.IsNull(i));
                chosen[i] = place < 0 ? columns.Length - 1 : place;
            }

            return Select(type, chosen, columns);
        }, [.. values.Select(value => Conversions.To(value, type))]);
    }

    /// <summary>The extreme of the values that are not null.</summary>
    public static BoundExpression? Extreme(string name, IReadOnlyList<BoundExpression> values, int sign)
    {
        if (values.Count < 2 || CommonType(values) is not { } type) return null;
        return new CallExpression(name, type, (columns, rows, _) =>
        {
            var chosen = new int[rows];
            for (var i = 0; i < rows; i++)
            {
                for (var c = 1; c < columns.Length; c++)
                {
                    if (columns[c].IsNull(i)) continue;
                    if (columns[chosen[i]].IsNull(i) || ValueOrder.Compare(columns[c], i, columns[chosen[i]], i) * sign > 0) chosen[i] = c;
                }
            }

            return Select(type, chosen, columns);
        }, [.. values.Select(value => Conversions.To(value, type))]);
    }

    /// <summary>The type that holds all values; null where none does.</summary>
    public static KqlType? CommonType(IReadOnlyList<BoundExpression> values)
    {
        KqlType? common = null;
        foreach (var value in values)
        {
            if (value is ConstantExpression { Type: KqlType.Dynamic, Value: null }) continue;
            common = common is { } type ? KqlTypes.Common(type, value.Type) : value.Type;
            if (common is null) return null;
        }

        return common ?? KqlType.Dynamic;
    }

    private static Column Select(KqlType type, int[] chosen, Column[] columns) => type switch
    {
        KqlType.Bool => Values<bool>(type, chosen, columns),
        KqlType.Int => Values<int>(type, chosen, columns),
        KqlType.Real => Values<double>(type, chosen, columns),
        KqlType.Decimal => Values<decimal>(type, chosen, columns),
        KqlType.Guid => Values<Guid>(type, chosen, columns),
        KqlType.String => Strings(chosen, columns),
        KqlType.Dynamic => new DynamicColumn([.. chosen.Select((choice, i) => columns[choice].Box(i))]),
        _ => Values<long>(type, chosen, columns),
    };

    private static ValueColumn<T> Values<T>(KqlType type, int[] chosen, Column[] columns)
        where T : unmanaged
    {
        var sources = columns.Cast<ValueColumn<T>>().ToArray();
        var values = new T[chosen.Length];
        var valid = Kernels.HasNulls(columns) ? new Bitmap(chosen.Length, true) : null;
        for (var i = 0; i < chosen.Length; i++)
        {
            var source = sources[chosen[i]];
            values[i] = source[i];
            if (valid is not null && source.IsNull(i)) valid[i] = false;
        }

        return new ValueColumn<T>(type, values, valid);
    }

    private static StringColumn Strings(int[] chosen, Column[] columns)
    {
        var sources = columns.Cast<StringColumn>().ToArray();
        if (Array.TrueForAll(sources, source => source.IsConstant))
        {
            // A few constants are a dictionary.
            var pool = StringPool.Of([.. sources.Select(source => source[0])]);
            return new StringColumn(pool, chosen);
        }

        var builder = new StringColumnBuilder();
        for (var i = 0; i < chosen.Length; i++) builder.Add(sources[chosen[i]].Utf8(i));
        return builder.Finish();
    }
}
