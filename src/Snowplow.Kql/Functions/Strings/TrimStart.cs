using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>trim_start</c>: the text without matches of a regular expression at its start.</summary>
internal static class TrimStart
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("trim_start", 1, "The text without matches of a regular expression at its start.")
        .On((string pattern, string text) => Apply(pattern, text));

    public static string Apply(string pattern, string text) => RegexCache.Get($@"\A(?:{pattern})+").Match(text) is { Success: true } match ? text[match.Length..] : text;
}
