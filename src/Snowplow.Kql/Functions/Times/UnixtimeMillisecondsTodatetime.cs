using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>unixtime_milliseconds_todatetime</c>: the time of milliseconds since 1970.</summary>
internal static class UnixtimeMillisecondsTodatetime
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("unixtime_milliseconds_todatetime", 1, "The time of milliseconds since 1970.")
        .Try(DateTime? (long value) => TimeMath.Unix(value * (decimal)TimeSpan.TicksPerMillisecond))
        .Try(DateTime? (double value) => double.IsNaN(value) ? null : TimeMath.Unix((decimal)Math.Clamp(value, -1e15, 1e15) * TimeSpan.TicksPerMillisecond));
}
