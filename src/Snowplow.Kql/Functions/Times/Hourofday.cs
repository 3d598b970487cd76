using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>hourofday</c>: the hour, from 0.</summary>
internal static class Hourofday
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("hourofday", 1, "The hour, from 0.")
        .On((DateTime time) => time.Hour);
}
