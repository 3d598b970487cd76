using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>endofday</c>: the last tick of the day, moved by a number of days.</summary>
internal static class Endofday
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("endofday", 1, "The last tick of the day, moved by a number of days.")
        .NamedBy(NameRule.FirstArgument)
        .Try(DateTime? (DateTime time) => TimeMath.EndOf(time, "day", 0))
        .Try(DateTime? (DateTime time, long offset) => TimeMath.EndOf(time, "day", offset));
}
