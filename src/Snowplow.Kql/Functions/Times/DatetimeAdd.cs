using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>datetime_add</c>: the time and a number of years, quarters, months, weeks, days, hours, …</summary>
internal static class DatetimeAdd
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("datetime_add", 1, "The time and a number of years, quarters, months, weeks, days, hours, …")
        .Try(DateTime? (string part, long amount, DateTime time) => TimeMath.Add(time, part, amount));
}
