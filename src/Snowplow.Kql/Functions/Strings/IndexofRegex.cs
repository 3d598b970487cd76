using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>indexof_regex</c>: the place of the first match of a regular expression, from 0; -1 where there is none.</summary>
internal static class IndexofRegex
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("indexof_regex", 2, "The place of a match of a regular expression, from 0; -1 where there is none. The search may start at a place, have a length, and want a later match.")
        .On((string text, string pattern) => RegexCache.Get(pattern).Match(text) is { Success: true } match ? (long)match.Index : -1L)
        .Try(long? (string text, string pattern, long start) => Find(text, pattern, start, -1, 1))
        .Row(KqlType.Long, [KqlType.String, KqlType.String, KqlType.Long, KqlType.Long], row => Find(row, 1))
        .Row(KqlType.Long, [KqlType.String, KqlType.String, KqlType.Long, KqlType.Long, KqlType.Long], row => Find(row, (long?)row[4]));

    private static long? Find(object?[] row, long? occurrence) =>
        row[2] is long start && row[3] is long length && occurrence is { } wanted ? Find((string)row[0]!, (string)row[1]!, start, length, wanted) : null;

    // Matches do not overlap; a length of -1 is up to the end.
    private static long? Find(string text, string pattern, long start, long length, long occurrence)
    {
        if (start < 0 || length < -1 || occurrence < 0) return null;
        if (start > text.Length) return -1;
        var end = length < 0 ? text.Length : Math.Min(text.Length, start + length);
        var seen = 0L;
        foreach (var match in RegexCache.Get(pattern).EnumerateMatches(text.AsSpan((int)start, (int)(end - start))))
            if (++seen == occurrence) return start + match.Index;
        return -1;
    }
}
