using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>bin</c>: the value rounded down to a multiple of a size; datetimes from year 1 on. Null for sizes that are not positive.</summary>
internal static class Bin
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bin", 1, "The value rounded down to a multiple of a size; datetimes from year 1 on. Null for sizes that are not positive.")
        .NamedBy(NameRule.FirstArgument)
        .Alias("floor")
        .Vector(KqlType.Long, [KqlType.Long, KqlType.Long], Bins.Of(KqlType.Long))
        .Try(double? (double value, double size) => size > 0 ? Math.Floor(value / size) * size : null)
        .Try<decimal, decimal, decimal>(DecimalMath.Bin)
        .Vector(KqlType.TimeSpan, [KqlType.TimeSpan, KqlType.TimeSpan], Bins.Of(KqlType.TimeSpan))
        .Vector(KqlType.DateTime, [KqlType.DateTime, KqlType.TimeSpan], Bins.Of(KqlType.DateTime));
}
