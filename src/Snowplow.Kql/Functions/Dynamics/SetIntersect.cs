using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>set_intersect</c>: the different items that all arrays have.</summary>
internal static class SetIntersect
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("set_intersect", 2, "The different items that all arrays have.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => row.Skip(1).Aggregate(ItemSet.Distinct(row[0] as object?[] ?? []), (all, other) => ItemSet.Where(all, other as object?[] ?? [], true)), isVariadic: true);
}
