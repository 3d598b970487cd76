using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>round</c>: the number rounded to so many digits.</summary>
internal static class Round
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("round", 1, "The number rounded to so many digits.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Math.Round(value, MidpointRounding.AwayFromZero))
        .On((double value, long digits) => Digits(value, digits));

    private static double Digits(double value, long digits)
    {
        if (digits >= 0) return Math.Round(value, (int)Math.Min(digits, 15), MidpointRounding.AwayFromZero);
        // Beyond the largest power that a real holds, nothing is left.
        if (digits < -308) return double.IsFinite(value) ? 0 : value;
        var scale = Math.Pow(10, -digits);
        return Math.Round(value / scale, MidpointRounding.AwayFromZero) * scale;
    }
}
