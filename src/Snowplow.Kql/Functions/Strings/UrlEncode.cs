using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>url_encode</c>: the text with characters escaped as in forms: blanks are +.</summary>
internal static class UrlEncode
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("url_encode", 1, "The text with characters escaped as in forms: blanks are +.")
        .On((string text) => Escaping.Encode(text, blank: "+"));
}
