using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>trim_end</c>: the text without matches of a regular expression at its end.</summary>
internal static class TrimEnd
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("trim_end", 1, "The text without matches of a regular expression at its end.")
        .On((string pattern, string text) => Apply(pattern, text));

    public static string Apply(string pattern, string text) => RegexCache.Get($@"(?:{pattern})+\z").Match(text) is { Success: true } match ? text[..match.Index] : text;
}
