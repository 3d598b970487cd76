using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_index_of</c>: the place of a value in an array; -1 where it is not.</summary>
internal static class ArrayIndexOf
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_index_of", 2, "The place of a value in an array; -1 where it is not. The search may start at a place, look at so many items, and want a later one.")
        .Row(KqlType.Long, [KqlType.Dynamic, null], row => Find(row, 0, -1, 1))
        .Row(KqlType.Long, [KqlType.Dynamic, null, KqlType.Long], row => Find(row, (long?)row[2], -1, 1))
        .Row(KqlType.Long, [KqlType.Dynamic, null, KqlType.Long, KqlType.Long], row => Find(row, (long?)row[2], (long?)row[3], 1))
        .Row(KqlType.Long, [KqlType.Dynamic, null, KqlType.Long, KqlType.Long, KqlType.Long], row => Find(row, (long?)row[2], (long?)row[3], (long?)row[4]));

    // A negative start counts from the end; a length of -1 is all that follows.
    private static long? Find(object?[] row, long? start, long? length, long? occurrence)
    {
        if (row[0] is not object?[] items || start is not { } from || length is not >= -1 || occurrence is not >= 0) return null;
        if (from < 0) from = Math.Max(0, items.Length + from);
        var end = length < 0 ? items.Length : Math.Min(items.Length, from + length.Value);
        var sought = DynamicValue.Of(row[1]);
        var seen = 0L;
        for (var place = from; place < end; place++)
            if (DynamicValue.AreEqual(items[place], sought) && ++seen == occurrence) return place;
        return -1;
    }
}
