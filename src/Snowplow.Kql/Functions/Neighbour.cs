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
        return new CallExpression(name, value.Type, (columns, rows, _) => Shifted(columns, rows, offset), missing is null ? [value] : [value, missing], FunctionTraits.Window)
        {
            OwnReach = new Reach(direction < 0 ? distance.Value : 0, direction > 0 ? distance.Value : 0),
        };
    }

    private static Column Shifted(Column[] columns, int rows, int offset)
    {
        var source = columns[0];
        var count = Math.Min(Math.Abs(offset), rows);
        if (count == 0) return source;
        // Strings keep their pool where a neighbour is there, and the first row's stand-in is a string of it too.
        if (source is StringColumn { IsConstant: false } strings && columns.Length == 1) return ShiftedStrings(strings, offset < 0 ? count : -count);
        var missing = columns.Length > 1 ? columns[1] : Columns.Nulls(source.Type, rows);
        return offset < 0
            ? Columns.Concatenate(source.Type, [missing.Slice(0, count), source.Slice(0, rows - count)])
            : Columns.Concatenate(source.Type, [source.Slice(count, rows - count), missing.Slice(rows - count, count)]);
    }

    // Moved down by so many rows, or up where it is negative.
    private static StringColumn ShiftedStrings(StringColumn strings, int by)
    {
        var (pool, empty) = strings.Pool.WithEmpty();
        var codes = new int[strings.Length];
        Array.Fill(codes, empty);
        strings.Codes.Slice(Math.Max(0, -by), codes.Length - Math.Abs(by)).CopyTo(codes.AsSpan(Math.Max(0, by)));
        return new StringColumn(pool, codes);
    }
}
