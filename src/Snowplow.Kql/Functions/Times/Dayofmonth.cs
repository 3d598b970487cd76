using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>dayofmonth</c>: the day of the month, from 1.</summary>
internal static class Dayofmonth
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("dayofmonth", 1, "The day of the month, from 1.")
        .On((DateTime time) => time.Day);
}
