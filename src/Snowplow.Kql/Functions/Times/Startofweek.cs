using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>startofweek</c>: the start of the week, which is Sunday, moved by a number of weeks.</summary>
internal static class Startofweek
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("startofweek", 1, "The start of the week, which is Sunday, moved by a number of weeks.")
        .NamedBy(NameRule.FirstArgument)
        .Try(DateTime? (DateTime time) => TimeMath.StartOf(time, "week", 0))
        .Try(DateTime? (DateTime time, long offset) => TimeMath.StartOf(time, "week", offset));
}
