using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>hll_merge</c>: states of hll made one; as a scalar function of a row.</summary>
internal static class HllMergeScalar
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("hll_merge", 1, "States of hll made one; as a scalar function of a row.")
        .NamedBy(NameRule.Prefix, "hll_merged_result")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => Merge(row), isVariadic: true);

    private static string? Merge(object?[] states)
    {
        Aggregates.Core.DistinctSketch? merged = null;
        foreach (var state in states)
        {
            var sketch = Aggregates.Core.DistinctSketch.Parse(state as string);
            if (merged is null) merged = sketch;
            else if (sketch is not null && sketch.Accuracy == merged.Accuracy) merged.Merge(sketch);
        }

        return merged?.ToText();
    }
}
