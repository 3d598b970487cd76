using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>punycode_to_string</c>: the text of punycode without xn-- before it; empty where it is none.</summary>
internal static class PunycodeToString
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("punycode_to_string", 3, "The text of punycode without xn-- before it; empty where it is none.")
        .On((string text) => Punycode.Decode(text) ?? "");
}
