using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>tdigest_merge</c>: states of tdigest made one; as a scalar function of a row.</summary>
internal static class TdigestMerge
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("tdigest_merge", 2, "States of tdigest made one; as a scalar function of a row.")
        .NamedBy(NameRule.Prefix, "tdigests_merge_result")
        .Alias("merge_tdigest")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => Merge(row), isVariadic: true);

    private static Bag Merge(object?[] states)
    {
        var merged = new ValueDigest();
        foreach (var state in states) merged.Merge(ValueDigest.Parse(state));
        return merged.ToBag();
    }
}
