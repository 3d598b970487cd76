using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>rank_tdigest</c>: how many values of a state of tdigest are not greater than a value.</summary>
internal static class RankTdigest
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("rank_tdigest", 2, "How many values of a state of tdigest are not greater than a value.")
        .Row(KqlType.Real, [KqlType.Dynamic, KqlType.Real], row => row[1] is double value && ValueDigest.Parse(row[0]) is { IsEmpty: false } digest ? digest.WeightUpTo(value) : null);
}
