using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>datetime_part</c>: a part of the time: year, quarter, month, week_of_year, day, dayOfYear, hour, …</summary>
internal static class DatetimePart
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("datetime_part", 1, "A part of the time: year, quarter, month, week_of_year, day, dayOfYear, hour, …")
        .Alias("datepart")
        .Try(int? (string part, DateTime time) => TimeMath.Part(part, time));
}
