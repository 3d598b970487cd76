using System.Security.Cryptography;
using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Hashes;

/// <summary><c>hash_sha256</c>: the SHA-256 of the value's text in hexadecimal digits.</summary>
internal static class HashSha256
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("hash_sha256", 2, "The SHA-256 of the value's text in hexadecimal digits.")
        .Row(KqlType.String, [null], row => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DynamicValue.Text(row[0])))));
}
