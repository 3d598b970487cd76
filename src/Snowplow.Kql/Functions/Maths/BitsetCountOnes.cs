using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>bitset_count_ones</c>: how many bits the number has.</summary>
internal static class BitsetCountOnes
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bitset_count_ones", 2, "How many bits the number has.")
        .NamedBy(NameRule.FirstArgument)
        .On((long a) => (long)System.Numerics.BitOperations.PopCount((ulong)a));
}
