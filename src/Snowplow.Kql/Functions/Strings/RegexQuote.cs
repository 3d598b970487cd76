using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>regex_quote</c>: the text with what has a meaning in regular expressions escaped.</summary>
internal static class RegexQuote
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("regex_quote", 2, "The text with what has a meaning in regular expressions escaped.")
        .On((string text) => string.Concat(text.Select(c => Special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString())));

    private const string Special = @"\.+*?()|[]{}^$#&-~";
}
