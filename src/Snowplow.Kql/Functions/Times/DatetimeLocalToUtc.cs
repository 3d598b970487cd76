using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>datetime_local_to_utc</c>: the UTC of a time in a time zone.</summary>
internal static class DatetimeLocalToUtc
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("datetime_local_to_utc", 2, "The UTC of a time in a time zone.")
        .Try(DateTime? (DateTime time, string zone) => Zones.Find(zone) is { } known ? (known.IsInvalidTime(time) ? null : TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), known)) : null);
}
