using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>datetime_utc_to_local</c>: the time in a time zone.</summary>
internal static class DatetimeUtcToLocal
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("datetime_utc_to_local", 2, "The time in a time zone.")
        .Try(DateTime? (DateTime time, string zone) => Zones.Find(zone) is { } known ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(time, DateTimeKind.Utc), known) : null);
}
