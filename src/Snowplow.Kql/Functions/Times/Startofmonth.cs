using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>startofmonth</c>: the start of the month, moved by a number of months.</summary>
internal static class Startofmonth
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("startofmonth", 1, "The start of the month, moved by a number of months.")
        .NamedBy(NameRule.FirstArgument)
        .Try(DateTime? (DateTime time) => TimeMath.StartOf(time, "month", 0))
        .Try(DateTime? (DateTime time, long offset) => TimeMath.StartOf(time, "month", offset));
}
