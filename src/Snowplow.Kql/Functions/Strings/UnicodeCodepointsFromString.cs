using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>unicode_codepoints_from_string</c>: the code points of a text.</summary>
internal static class UnicodeCodepointsFromString
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("unicode_codepoints_from_string", 2, "The code points of a text.")
        .Alias("to_utf8")
        .On((string text) => (object)text.EnumerateRunes().Select(rune => (object?)(long)rune.Value).ToArray());
}
