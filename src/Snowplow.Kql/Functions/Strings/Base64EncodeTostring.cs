using System.Text;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>base64_encode_tostring</c>: the text's UTF-8 in base64.</summary>
internal static class Base64EncodeTostring
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("base64_encode_tostring", 2, "The text's UTF-8 in base64.")
        .Alias("base64_encodestring")
        .On((string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
}
