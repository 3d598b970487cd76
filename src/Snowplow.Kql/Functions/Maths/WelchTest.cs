using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>welch_test</c>: the p-value of Welch's test, that two samples of given mean, variance and size come from populations of one mean.</summary>
internal static class WelchTest
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("welch_test", 3, "The p-value of Welch's test, that two samples of given mean, variance and size come from populations of one mean.")
        .Row(KqlType.Real, [.. Enumerable.Repeat((KqlType?)KqlType.Real, 6)], row => row.Contains(null) ? null : Of((double)row[0]!, (double)row[1]! / (double)row[2]!, (double)row[2]!, (double)row[3]!, (double)row[4]! / (double)row[5]!, (double)row[5]!));

    // Of means, variances of these means, and sizes. The two tails of Student's distribution are an incomplete beta function (DLMF 8.17, Abramowitz and Stegun 26.7.1).
    private static double Of(double mean1, double variance1, double count1, double mean2, double variance2, double count2)
    {
        var variance = variance1 + variance2;
        var squared = (mean1 - mean2) * (mean1 - mean2) / variance;
        var freedom = variance * variance / ((variance1 * variance1 / (count1 - 1)) + (variance2 * variance2 / (count2 - 1)));
        return freedom > 0 && double.IsFinite(squared) ? BetaFunction.Share(freedom / (freedom + squared), freedom / 2, 0.5) : double.NaN;
    }
}
