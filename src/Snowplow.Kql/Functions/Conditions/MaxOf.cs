using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>max_of</c>: the greatest of the arguments that are not null.</summary>
internal static class MaxOf
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("max_of", 1, "The greatest of the arguments that are not null.")
        .Bound(arguments => Choice.Extreme("max_of", arguments, 1));
}
