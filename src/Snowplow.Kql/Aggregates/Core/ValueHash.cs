using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates.Core;

/// <summary>Hashes of 64 bits for sketches; equal values of a type have the same, on every machine.</summary>
internal sealed class ValueHash
{
    private readonly ConditionalWeakTable<StringPool, ulong[]> _pools = [];

    /// <summary>The hash of each row; anything where it is null.</summary>
    public void Of(Column column, Span<ulong> hashes)
    {
        switch (column)
        {
            case StringColumn strings:
                var pool = strings.Pool;
                if (pool.Count > 4 * Math.Max(strings.Length, Batch.Size) && !_pools.TryGetValue(pool, out _))
                {
                    for (var i = 0; i < hashes.Length; i++) hashes[i] = XxHash3.HashToUInt64(strings.Utf8(i));
                    return;
                }

                var known = _pools.GetValue(pool, texts =>
                {
                    var all = new ulong[texts.Count];
                    for (var i = 0; i < all.Length; i++) all[i] = XxHash3.HashToUInt64(texts[i]);
                    return all;
                });
                for (var i = 0; i < hashes.Length; i++) hashes[i] = known[strings.Code(i)];
                break;
            case ValueColumn<long> longs:
                for (var i = 0; i < hashes.Length; i++) hashes[i] = Mix((ulong)longs[i]);
                break;
            case ValueColumn<int> ints:
                for (var i = 0; i < hashes.Length; i++) hashes[i] = Mix((ulong)(long)ints[i]);
                break;
            case ValueColumn<double> reals:
                for (var i = 0; i < hashes.Length; i++) hashes[i] = Mix((ulong)RealBits.Of(reals[i]));
                break;
            default:
                for (var i = 0; i < hashes.Length; i++) hashes[i] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(DynamicValue.Text(column.Box(i)).ToCharArray()));
                break;
        }
    }

    // The finalizer of MurmurHash3.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
        x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
        return x ^ (x >> 33);
    }
}
