using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>dayofweek</c>: the days since Sunday, as a timespan.</summary>
internal static class Dayofweek
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("dayofweek", 1, "The days since Sunday, as a timespan.")
        .On((DateTime time) => new TimeSpan((int)time.DayOfWeek, 0, 0, 0));
}
