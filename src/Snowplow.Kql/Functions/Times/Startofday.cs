using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>startofday</c>: the start of the day, moved by a number of days.</summary>
internal static class Startofday
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("startofday", 1, "The start of the day, moved by a number of days.")
        .NamedBy(NameRule.FirstArgument)
        .On((DateTime time) => time.Date)
        .Try(DateTime? (DateTime time, long offset) => TimeMath.Add(time.Date, "day", offset));
}
