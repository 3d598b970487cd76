using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>min_of</c>: the least of the arguments that are not null.</summary>
internal static class MinOf
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("min_of", 1, "The least of the arguments that are not null.")
        .Bound(arguments => Choice.Extreme("min_of", arguments, -1));
}
