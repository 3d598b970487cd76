using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>set_union</c>: the different items of all arrays.</summary>
internal static class SetUnion
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("set_union", 2, "The different items of all arrays.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => ItemSet.Distinct(row.SelectMany(value => value as object?[] ?? [])), isVariadic: true);
}
