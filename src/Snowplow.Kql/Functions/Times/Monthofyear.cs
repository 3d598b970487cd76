using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>monthofyear</c>: the month, from 1.</summary>
internal static class Monthofyear
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("monthofyear", 1, "The month, from 1.")
        .Alias("getmonth")
        .On((DateTime time) => time.Month);
}
