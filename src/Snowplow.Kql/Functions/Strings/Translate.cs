using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>translate</c>: the text with characters replaced by those at the same place of another list.</summary>
internal static class Translate
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("translate", 2, "The text with characters replaced by those at the same place of another list, or its last one; without one they are left out.")
        .On((string from, string to, string text) => string.Concat(text.Select(c => Of(c, from, to))));

    private static string Of(char c, string from, string to) =>
        from.IndexOf(c, StringComparison.Ordinal) is not (>= 0 and var place) ? c.ToString() : to.Length == 0 ? "" : to[Math.Min(place, to.Length - 1)].ToString();
}
