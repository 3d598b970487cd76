using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Hashes;

/// <summary><c>hash_md5</c>: the MD5 of the value's text in hexadecimal digits.</summary>
internal static class HashMd5
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("hash_md5", 2, "The MD5 of the value's text in hexadecimal digits.")
        .Row(KqlType.String, [null], row => Convert.ToHexStringLower(Digests.Md5(DynamicValue.Text(row[0]))));
}
