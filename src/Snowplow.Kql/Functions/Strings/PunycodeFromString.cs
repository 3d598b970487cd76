using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>punycode_from_string</c>: the text in the letters of ASCII, by punycode; without xn-- before it.</summary>
internal static class PunycodeFromString
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("punycode_from_string", 3, "The text in the letters of ASCII, by punycode; without xn-- before it.")
        .On((string text) => Punycode.Encode(text) ?? "");
}
