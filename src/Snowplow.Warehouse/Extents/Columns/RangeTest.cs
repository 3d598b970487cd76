using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Whether values may be within what a filter asks for. Where the types differ, they may.</summary>
internal static class RangeTest
{
    /// <summary>Whether a value is within; null never is.</summary>
    public static bool MayHold(ColumnRange range, object? value)
    {
        if (value is null) return false;
        if (ValueBytes.Int64(value) is { } integer) return MayHold(range, integer, integer);
        return value switch
        {
            double real => MayHold(range, real, real),
            string text => range.Least is not string least || range.Greatest is not string greatest || least != greatest || text == least,
            _ => true,
        };
    }

    /// <summary>Whether some integer between two may be within.</summary>
    public static bool MayHold(ColumnRange range, long least, long greatest) =>
        (ValueBytes.Int64(range.Least) is not { } from || greatest >= from) && (ValueBytes.Int64(range.Greatest) is not { } to || least <= to);

    /// <summary>Whether some real between two may be within.</summary>
    public static bool MayHold(ColumnRange range, double least, double greatest) =>
        !(range.Least is double from && greatest < from) && !(range.Greatest is double to && least > to);
}
