using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>unixtime_seconds_todatetime</c>: the time of seconds since 1970.</summary>
internal static class UnixtimeSecondsTodatetime
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("unixtime_seconds_todatetime", 1, "The time of seconds since 1970.")
        .Try(DateTime? (long value) => TimeMath.Unix(value * (decimal)TimeSpan.TicksPerSecond))
        .Try(DateTime? (double value) => double.IsNaN(value) ? null : TimeMath.Unix((decimal)Math.Clamp(value, -1e12, 1e12) * TimeSpan.TicksPerSecond));
}
