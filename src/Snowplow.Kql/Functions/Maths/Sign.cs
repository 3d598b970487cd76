using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>sign</c>: -1, 0 or 1 by the sign of the number.</summary>
internal static class Sign
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("sign", 2, "-1, 0 or 1 by the sign of the number.")
        .Try(double? (double value) => double.IsNaN(value) ? null : Math.Sign(value));
}
