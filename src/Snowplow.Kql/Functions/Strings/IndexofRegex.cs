using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>indexof_regex</c>: the place of the first match of a regular expression, from 0; -1 where there is none.</summary>
internal static class IndexofRegex
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("indexof_regex", 2, "The place of the first match of a regular expression, from 0; -1 where there is none.")
        .On((string text, string pattern) => RegexCache.Get(pattern).Match(text) is { Success: true } match ? (long)match.Index : -1L);
}
