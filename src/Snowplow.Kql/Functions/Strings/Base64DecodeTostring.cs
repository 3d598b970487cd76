using System.Text;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>base64_decode_tostring</c>: the UTF-8 text of base64; empty where it is none.</summary>
internal static class Base64DecodeTostring
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("base64_decode_tostring", 2, "The UTF-8 text of base64; empty where it is none.")
        .Alias("base64_decodestring")
        .On((string text) => Base64.Bytes(text) is { } bytes ? Encoding.UTF8.GetString(bytes) : "");
}
