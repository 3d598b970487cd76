using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>isfinite</c>: whether the number is neither infinite nor NaN.</summary>
internal static class Isfinite
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isfinite", 2, "Whether the number is neither infinite nor NaN.")
        .On((double value) => double.IsFinite(value));
}
