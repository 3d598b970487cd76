using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>unixtime_nanoseconds_todatetime</c>: the time of nanoseconds since 1970.</summary>
internal static class UnixtimeNanosecondsTodatetime
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("unixtime_nanoseconds_todatetime", 1, "The time of nanoseconds since 1970.")
        .Try(DateTime? (long value) => TimeMath.Unix(value / 100m));
}
