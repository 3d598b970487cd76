using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>base64_decode_toarray</c>: the bytes of base64 in an array; null where it is none.</summary>
internal static class Base64DecodeToarray
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("base64_decode_toarray", 2, "The bytes of base64 in an array; null where it is none.")
        .On((string text) => Base64.Bytes(text) is { } bytes ? (object?)Array.ConvertAll(bytes, one => (object?)(long)one) : null);
}
