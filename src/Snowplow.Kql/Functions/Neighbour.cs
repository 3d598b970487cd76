using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions;

/// <summary>prev and next: values of other rows.</summary>
internal static class Neighbour
{
    /// <summary>The value of the row so many rows on; null where the arguments do not fit.</summary>
    public static BoundExpression? Bind(string name, IReadOnlyList<BoundExpression> arguments, int direction)
    {
        if (arguments.Count is < 1 or > 3) return null;
        var distance = arguments.Count < 2 ? 1 : arguments[1] is ConstantExpression constant ? DynamicValue.Long(constant.Value) : null;
        if (distance is not (>= 0 and < int.MaxValue)) return null;
        var value = arguments[0];
        if (arguments.Count == 3 && Conversions.Cost(arguments[2], value.Type) is null) return null;
        var missing = arguments.Count == 3 ? Conversions.To(arguments[2], value.Type) : null;
        var offset = (int)distance * direction;
        return new CallExpression(name, value.Type, (columns, rows, _) => Shifted(columns, rows, offset), missing is null ? [value] : [value, missing], FunctionTraits.Window);
    }

    private static Column Shifted(Column[] columns, int rows, int offset)
    {
        var places = new int[rows];
        for (var i = 0; i < rows; i++) places[i] = i + (long)offset is >= 0 and var place && place < rows ? (int)place : -1;
        var source = columns[0];
        // Strings keep their pool where a neighbour is there, and the first row's stand-in is a string of it too.
        if (source is StringColumn strings && !strings.IsConstant && columns.Length == 1) return ShiftedStrings(strings, places);
        var shifted = source.Take(places);
        if (columns.Length == 1) return shifted;
        var both = Columns.Concatenate(source.Type, [shifted, columns[1]]);
        return both.Take([.. places.Select((place, i) => place < 0 ? rows + i : i)]);
    }

    private static StringColumn ShiftedStrings(StringColumn strings, int[] places)
    {
        var pool = strings.Pool;
        var empty = -1;
        for (var i = 0; i < pool.Count && empty < 0; i++)
            if (pool[i].IsEmpty) empty = i;
        if (empty < 0)
        {
            pool = pool.WithEmpty();
            empty = pool.Count - 1;
        }

        return new StringColumn(pool, [.. places.Select(place => place < 0 ? empty : strings.Code(place))]);
    }
}
