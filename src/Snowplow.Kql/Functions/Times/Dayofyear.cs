using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>dayofyear</c>: the day of the year, from 1.</summary>
internal static class Dayofyear
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("dayofyear", 1, "The day of the year, from 1.")
        .On((DateTime time) => time.DayOfYear);
}
