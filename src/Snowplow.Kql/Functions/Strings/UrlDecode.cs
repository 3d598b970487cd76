using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>url_decode</c>: the text with escaped characters put back.</summary>
internal static class UrlDecode
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("url_decode", 1, "The text with escaped characters put back.")
        .On((string text) => Uri.UnescapeDataString(text.Replace('+', ' ')));
}
