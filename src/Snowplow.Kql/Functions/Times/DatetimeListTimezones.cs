using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>datetime_list_timezones</c>: the names of all time zones.</summary>
internal static class DatetimeListTimezones
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("datetime_list_timezones", 3, "The names of all time zones.")
        .Row(KqlType.Dynamic, [], _ => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.Ordinal).ToArray<object?>());
}
