using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>datetime_diff</c>: how many bounds of years, quarters, months, weeks, days, hours, … lie between two times.</summary>
internal static class DatetimeDiff
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("datetime_diff", 1, "How many bounds of years, quarters, months, weeks, days, hours, … lie between two times.")
        .Try(long? (string part, DateTime a, DateTime b) => TimeMath.Bounds(part, a, b));
}
