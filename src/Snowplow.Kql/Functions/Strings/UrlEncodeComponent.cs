using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>url_encode_component</c>: the text with characters escaped: blanks are %20.</summary>
internal static class UrlEncodeComponent
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("url_encode_component", 1, "The text with characters escaped: blanks are %20.")
        .On((string text) => Escaping.Encode(text, blank: "%20"));
}
