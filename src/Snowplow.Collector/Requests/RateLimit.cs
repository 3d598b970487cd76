using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Snowplow.Collector.Requests;

/// <summary>
/// A token bucket for each address (IPv6: each /64, which is what one subscriber has). Memory is bounded: when there are as
/// many buckets as may be, those not used since the last time that happened are forgotten, and start full again.
/// </summary>
/// <param name="options">Rate and burst.</param>
/// <param name="time">Tells how much has flowed in.</param>
internal sealed class RateLimit(RateLimitOptions options, TimeProvider time)
{
    private readonly Lock _turn = new();
    private ConcurrentDictionary<UInt128, Bucket> _buckets = [];
    private ConcurrentDictionary<UInt128, Bucket> _older = [];
    private int _count;

    /// <summary>Whether one more request of an address may pass.</summary>
    public bool TryPass(IPAddress? address)
    {
        if (options.PerSecond == 0 || address is null) return true;
        var now = time.GetTimestamp();
        var bucket = Find(Key(address), now);
        lock (bucket)
        {
            var tokens = Math.Min(options.Burst, bucket.Tokens + time.GetElapsedTime(bucket.At, now).TotalSeconds * options.PerSecond);
            bucket.At = Math.Max(now, bucket.At);
            bucket.Tokens = tokens < 1 ? tokens : tokens - 1;
            return tokens >= 1;
        }
    }

    private Bucket Find(UInt128 key, long now)
    {
        var buckets = _buckets;
        if (buckets.TryGetValue(key, out var bucket)) return bucket;
        _older.TryGetValue(key, out var older);
        bucket = older ?? new Bucket { Tokens = options.Burst, At = now };
        if (!buckets.TryAdd(key, bucket)) return buckets.GetValueOrDefault(key, bucket);
        if (Interlocked.Increment(ref _count) >= options.MaxAddresses) Turn();
        return bucket;
    }

    private void Turn()
    {
        lock (_turn)
        {
            if (_count < options.MaxAddresses) return;
            _older = _buckets;
            _buckets = [];
            _count = 0;
        }
    }

    private static UInt128 Key(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6) bytes[8..].Clear();
        else bytes[15] = 4;
        return new UInt128(BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public long At { get; set; }
    }
}
