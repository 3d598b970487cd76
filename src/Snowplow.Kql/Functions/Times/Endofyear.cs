using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>endofyear</c>: the last tick of the year, moved by a number of years.</summary>
internal static class Endofyear
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("endofyear", 1, "The last tick of the year, moved by a number of years.")
        .NamedBy(NameRule.FirstArgument)
        .Try(DateTime? (DateTime time) => TimeMath.EndOf(time, "year", 0))
        .Try(DateTime? (DateTime time, long offset) => TimeMath.EndOf(time, "year", offset));
}
