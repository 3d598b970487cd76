using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>isinf</c>: whether the number is infinite.</summary>
internal static class Isinf
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isinf", 2, "Whether the number is infinite.")
        .On((double value) => double.IsInfinity(value));
}
