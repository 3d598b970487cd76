using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>endofweek</c>: the last tick of the week, which ends on Saturday, moved by a number of weeks.</summary>
internal static class Endofweek
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("endofweek", 1, "The last tick of the week, which ends on Saturday, moved by a number of weeks.")
        .NamedBy(NameRule.FirstArgument)
        .Try(DateTime? (DateTime time) => TimeMath.EndOf(time, "week", 0))
        .Try(DateTime? (DateTime time, long offset) => TimeMath.EndOf(time, "week", offset));
}
