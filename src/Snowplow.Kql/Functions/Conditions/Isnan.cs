using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>isnan</c>: whether the number is NaN.</summary>
internal static class Isnan
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isnan", 2, "Whether the number is NaN.")
        .On((double value) => double.IsNaN(value));
}
