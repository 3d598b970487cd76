using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Hashes;

/// <summary>The functions of this folder.</summary>
internal static class HashesFunctions
{
    public static readonly ScalarFunction[] All =
    [
        Hash.Function, HashMd5.Function, HashSha1.Function, HashSha256.Function,
    ];
}
