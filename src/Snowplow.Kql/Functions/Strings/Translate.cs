using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>translate</c>: the text with characters replaced by those at the same place of another list.</summary>
internal static class Translate
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("translate", 2, "The text with characters replaced by those at the same place of another list.")
        .On((string from, string to, string text) => to.Length == 0 ? text : string.Concat(text.Select(c => from.IndexOf(c, StringComparison.Ordinal) is >= 0 and var place ? to[Math.Min(place, to.Length - 1)] : c)));
}
