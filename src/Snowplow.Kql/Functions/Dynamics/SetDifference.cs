using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>set_difference</c>: the different items of the first array that no other has.</summary>
internal static class SetDifference
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("set_difference", 2, "The different items of the first array that no other has.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => row.Skip(1).Aggregate(ItemSet.Distinct(row[0] as object?[] ?? []), (all, other) => ItemSet.Where(all, other as object?[] ?? [], false)), isVariadic: true);
}
