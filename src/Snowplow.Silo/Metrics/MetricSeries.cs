namespace Snowplow.Silo.Metrics;

/// <summary>The measurements of one instrument with one set of tags. Safe from several threads.</summary>
/// <param name="labels">The tags as Prometheus writes them, <c>name="value",…</c>, sorted by name, without braces.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, growing; empty for other kinds.</param>
internal sealed class MetricSeries(string labels, double[] bounds)
{
    private readonly long[] _buckets = bounds.Length == 0 ? [] : new long[bounds.Length + 1];
    private double _value;

    /// <summary>The tags as Prometheus writes them.</summary>
    public string Labels { get; } = labels;

    /// <summary>The sum of the measurements, or the last one, by the instrument's kind.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>Adds a measurement to the sum.</summary>
    public void Add(double measurement)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _value, seen + measurement, seen);
            if (before.Equals(seen))
                return;
            seen = before;
        }
    }

    /// <summary>Replaces the value.</summary>
    public void Set(double measurement) => Volatile.Write(ref _value, measurement);

    /// <summary>Counts a measurement in its bucket and adds it to the sum.</summary>
    public void Observe(double measurement)
    {
        // A bound belongs to its bucket ("le"): the first bound that is not below the measurement.
        var index = Array.BinarySearch(bounds, measurement);
        Interlocked.Increment(ref _buckets[index < 0 ? ~index : index]);
        Add(measurement);
    }

    /// <summary>Counts per bucket, not cumulative; the last is above every bound.</summary>
    public long[] Buckets()
    {
        var copy = new long[_buckets.Length];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = Volatile.Read(ref _buckets[i]);
        return copy;
    }
}
