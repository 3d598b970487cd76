using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>abs</c>: the number without its sign.</summary>
internal static class Abs
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("abs", 1, "The number without its sign.")
        .NamedBy(NameRule.FirstArgument)
        .On((long value) => value == long.MinValue ? value : Math.Abs(value))
        .On((double value) => Math.Abs(value))
        .On((decimal value) => Math.Abs(value))
        .On((TimeSpan value) => value == TimeSpan.MinValue ? value : value.Duration());
}
