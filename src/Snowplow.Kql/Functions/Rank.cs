namespace Snowplow.Kql.Functions;

/// <summary>Ranks of percentiles.</summary>
internal static class Rank
{
    /// <summary>Place of a percentile in sorted values: the nearest rank; with weights, where the weights so far reach that part of all.</summary>
    public static int Of(double percent, int count, double[]? weights = null)
    {
        if (weights is null) return Math.Clamp((int)Math.Ceiling(percent / 100 * count) - 1, 0, count - 1);
        var wanted = percent / 100 * weights.Sum();
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += weights[i];
            if (sum >= wanted) return i;
        }

        return count - 1;
    }
}
