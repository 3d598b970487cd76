using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>percentrank_tdigest</c>: how many percent of the values of a state of tdigest are not greater than a value.</summary>
internal static class PercentrankTdigest
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("percentrank_tdigest", 2, "How many percent of the values of a state of tdigest are not greater than a value.")
        .Row(KqlType.Real, [KqlType.Dynamic, KqlType.Real], row => row[1] is double value && ValueDigest.Parse(row[0]) is { IsEmpty: false } digest ? 100 * digest.WeightUpTo(value) / digest.Weight : null);
}
