using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>dcount_hll</c>: the number of different values that a state of hll tells.</summary>
internal static class DcountHll
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("dcount_hll", 1, "The number of different values that a state of hll tells.")
        .NamedBy(NameRule.NameAndFirstArgument)
        .Try(long? (object state) => Aggregates.Core.DistinctSketch.Parse(state as string)?.Estimate());
}
