using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>endofmonth</c>: the last tick of the month, moved by a number of months.</summary>
internal static class Endofmonth
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("endofmonth", 1, "The last tick of the month, moved by a number of months.")
        .NamedBy(NameRule.FirstArgument)
        .Try(DateTime? (DateTime time) => TimeMath.EndOf(time, "month", 0))
        .Try(DateTime? (DateTime time, long offset) => TimeMath.EndOf(time, "month", offset));
}
