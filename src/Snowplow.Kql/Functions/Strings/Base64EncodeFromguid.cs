using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>base64_encode_fromguid</c>: a guid's sixteen bytes in base64.</summary>
internal static class Base64EncodeFromguid
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("base64_encode_fromguid", 2, "A guid's sixteen bytes in base64.")
        .On((Guid guid) => Convert.ToBase64String(guid.ToByteArray()));
}
