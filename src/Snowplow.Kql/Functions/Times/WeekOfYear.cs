using System.Globalization;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>week_of_year</c>: the week of the year by ISO 8601.</summary>
internal static class WeekOfYear
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("week_of_year", 1, "The week of the year by ISO 8601.")
        .Alias("weekofyear")
        .On((DateTime time) => ISOWeek.GetWeekOfYear(time));
}
