using System.Numerics;

namespace Snowplow.Silo.Simulate;

/// <summary>
/// A log-linear histogram of latencies: 64 buckets for each power of two of microseconds, so a percentile is off by
/// less than 1.6%, from a microsecond to half an hour, in 13 KiB. Recording is safe from several threads.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int HighestPower = 31;

    private readonly long[] _counts = new long[(HighestPower - SubBucketBits + 1) * SubBuckets];
    private long _max;

    /// <summary>Latencies recorded.</summary>
    public long Count => _counts.Sum();

    /// <summary>The longest, exactly.</summary>
    public TimeSpan Max => TimeSpan.FromMicroseconds(Volatile.Read(ref _max));

    /// <summary>Records one latency.</summary>
    public void Record(TimeSpan latency)
    {
        var micros = Math.Clamp((long)latency.TotalMicroseconds, 0, (1L << HighestPower) - 1);
        Interlocked.Increment(ref _counts[Bucket(micros)]);
        var max = Volatile.Read(ref _max);
        while (micros > max)
        {
            var seen = Interlocked.CompareExchange(ref _max, micros, max);
            if (seen == max)
                return;
            max = seen;
        }
    }

    /// <summary>The latency that <paramref name="percent"/> of those recorded do not exceed; zero when none is recorded.</summary>
    public TimeSpan Percentile(double percent)
    {
        var rank = (long)Math.Ceiling(Count * percent / 100);
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank && seen > 0)
                return Min(TimeSpan.FromMicroseconds(UpperBound(bucket)), Max);
        }

        return TimeSpan.Zero;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>Below 64 µs each microsecond has its bucket; above, the six bits after the leading one choose it.</summary>
    private static int Bucket(long micros)
    {
        if (micros < SubBuckets)
            return (int)micros;
        var shift = BitOperations.Log2((ulong)micros) - SubBucketBits;
        return ((shift + 1) << SubBucketBits) + (int)((micros >> shift) - SubBuckets);
    }

    private static long UpperBound(int bucket)
    {
        if (bucket < SubBuckets)
            return bucket;
        var shift = (bucket >> SubBucketBits) - 1;
        return ((((long)bucket & (SubBuckets - 1)) + SubBuckets + 1) << shift) - 1;
    }
}
