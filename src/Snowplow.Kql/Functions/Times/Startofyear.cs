using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>startofyear</c>: the start of the year, moved by a number of years.</summary>
internal static class Startofyear
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("startofyear", 1, "The start of the year, moved by a number of years.")
        .NamedBy(NameRule.FirstArgument)
        .Try(DateTime? (DateTime time) => TimeMath.StartOf(time, "year", 0))
        .Try(DateTime? (DateTime time, long offset) => TimeMath.StartOf(time, "year", offset));
}
