using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>indexof</c>: the place of a text within another, from 0; -1 where it is not.</summary>
internal static class Indexof
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("indexof", 1, "The place of a text within another, from 0; -1 where it is not.")
        .Row(KqlType.Long, [KqlType.String, KqlType.String], row => Find(row, 0, -1, 1))
        .Row(KqlType.Long, [KqlType.String, KqlType.String, KqlType.Long], row => Find(row, (long?)row[2], -1, 1))
        .Row(KqlType.Long, [KqlType.String, KqlType.String, KqlType.Long, KqlType.Long], row => Find(row, (long?)row[2], (long?)row[3], 1))
        .Row(KqlType.Long, [KqlType.String, KqlType.String, KqlType.Long, KqlType.Long, KqlType.Long], row => Find(row, (long?)row[2], (long?)row[3], (long?)row[4]));

    private static long? Find(object?[] row, long? start, long? length, long? occurrence)
    {
        var text = (string)row[0]!;
        var sought = (string)row[1]!;
        if (start is not { } from || length is not { } most || occurrence is not { } wanted) return null;
        if (from < 0) from = Math.Max(0, text.Length + from);
        if (wanted == 0 || from > text.Length) return -1;
        var end = most < 0 ? text.Length : (int)Math.Min(text.Length, from + most);
        var places = new List<int>();
        for (var at = text.IndexOf(sought, (int)from, end - (int)from, StringComparison.Ordinal); at >= 0; at = at + 1 <= end ? text.IndexOf(sought, at + 1, end - at - 1, StringComparison.Ordinal) : -1)
        {
            places.Add(at);
            if (wanted > 0 && places.Count >= wanted) break;
        }

        var place = wanted > 0 ? wanted - 1 : places.Count + wanted;
        return place >= 0 && place < places.Count ? places[(int)place] : -1;
    }
}
