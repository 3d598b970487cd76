using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>unixtime_microseconds_todatetime</c>: the time of microseconds since 1970.</summary>
internal static class UnixtimeMicrosecondsTodatetime
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("unixtime_microseconds_todatetime", 1, "The time of microseconds since 1970.")
        .Try(DateTime? (long value) => TimeMath.Unix(value * 10m));
}
