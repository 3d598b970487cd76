using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>getyear</c>: the year.</summary>
internal static class Getyear
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("getyear", 1, "The year.")
        .On((DateTime time) => time.Year);
}
