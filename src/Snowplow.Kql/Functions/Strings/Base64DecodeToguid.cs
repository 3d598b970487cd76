using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>base64_decode_toguid</c>: the guid of sixteen bytes in base64; null where it is none.</summary>
internal static class Base64DecodeToguid
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("base64_decode_toguid", 2, "The guid of sixteen bytes in base64; null where it is none.")
        .Try(Guid? (string text) => Base64.Bytes(text) is { Length: 16 } bytes ? new Guid(bytes) : null);
}
