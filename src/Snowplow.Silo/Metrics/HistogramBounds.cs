using System.Diagnostics.Metrics;

namespace Snowplow.Silo.Metrics;

/// <summary>Upper bounds of the buckets of histograms, the same for <c>/metrics</c> and for OTLP.</summary>
internal static class HistogramBounds
{
    private static readonly double[] Default = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>Those that the instrument advises, else what fits its unit.</summary>
    public static double[] Of(Instrument instrument)
    {
        var advised = instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.ToArray(),
            Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
            Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
            _ => [],
        };
        if (advised.Length > 0)
            return advised;
        return instrument.Unit == "s" ? Seconds : Default;
    }
}
