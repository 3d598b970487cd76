using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Whether values may be within what a filter asks for: compared as the type of the bound. Where they do not compare, they may.</summary>
internal static class RangeTest
{
    /// <summary>Whether a value is within; null never is.</summary>
    public static bool MayHold(ColumnRange range, object? value)
    {
        if (value is null) return false;
        if (ValueBytes.Int64(value) is { } integer) return MayHold(range, integer, integer);
        return value is not double real || MayHold(range, real, real);
    }

    /// <summary>Whether some integer between two may be within.</summary>
    public static bool MayHold(ColumnRange range, long least, long greatest) =>
        !(Compare(greatest, range.Least) < 0) && !(Compare(least, range.Greatest) > 0);

    /// <summary>Whether some real between two may be within.</summary>
    public static bool MayHold(ColumnRange range, double least, double greatest) =>
        !(range.Least is double from && greatest < from) && !(range.Greatest is double to && least > to);

    private static int? Compare(long value, object? bound) => bound switch
    {
        double real when !double.IsNaN(real) => ((double)value).CompareTo(real),
        decimal number => ((decimal)value).CompareTo(number),
        _ => ValueBytes.Int64(bound) is { } integer ? value.CompareTo(integer) : null,
    };
}
