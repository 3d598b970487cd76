using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>base64_encode_fromarray</c>: base64 of an array of bytes; empty where an item is none.</summary>
internal static class Base64EncodeFromarray
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("base64_encode_fromarray", 2, "Base64 of an array of bytes; empty where an item is none.")
        .On((object bytes) => bytes is object?[] items && items.All(item => item is long and >= 0 and <= 255) ? Convert.ToBase64String(Array.ConvertAll(items, item => (byte)(long)item!)) : "");
}
