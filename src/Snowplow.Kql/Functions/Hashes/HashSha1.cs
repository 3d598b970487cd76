using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Hashes;

/// <summary><c>hash_sha1</c>: the SHA-1 of the value's text in hexadecimal digits.</summary>
internal static class HashSha1
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("hash_sha1", 2, "The SHA-1 of the value's text in hexadecimal digits.")
        .Row(KqlType.String, [null], row => Convert.ToHexStringLower(Digests.Sha1(DynamicValue.Text(row[0]))));
}
