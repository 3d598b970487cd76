namespace Snowplow.Kql.Functions;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>The number below which a share of the values lies.</summary>
    /// <param name="share">Between 0 and 1, both excluded.</param>
    public static double Quantile(double share)
    {
        if (share > 0.5) return -Quantile(1 - share);
        // Halving finds the root of the distribution.
        var (low, high) = (-40.0, 0.0);
        for (var step = 0; step < 64; step++)
        {
            var middle = (low + high) / 2;
            if (ErrorFunction.Complement(-middle / Math.Sqrt(2)) / 2 < share) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
