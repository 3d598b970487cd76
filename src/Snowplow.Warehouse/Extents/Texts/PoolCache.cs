using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>Keeps the pools of strings that queries use, of all extents together, up to a number of bytes: those used lately stay (the clock algorithm).</summary>
/// <param name="limitBytes">The most bytes to keep.</param>
internal sealed class PoolCache(long limitBytes)
{
    private readonly Queue<PoolSlot> _slots = new();
    private long _sizeBytes;

    /// <summary>The cache of the process: 256 MiB, or a 24th of the memory that the process may use where that is less.</summary>
    public static PoolCache Shared { get; } = new(Math.Min(256L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 24));

    /// <summary>Bytes kept now.</summary>
    public long SizeBytes
    {
        get
        {
            lock (_slots) return _sizeBytes;
        }
    }

    /// <summary>Keeps a pool in its slot.</summary>
    public void Keep(PoolSlot slot, StringPool pool)
    {
        lock (_slots)
        {
            slot.Keep(pool);
            slot.IsUsed = false;
            _slots.Enqueue(slot);
            _sizeBytes += pool.SizeBytes;
            while (_sizeBytes > limitBytes && _slots.TryDequeue(out var oldest))
            {
                if (oldest.IsUsed)
                {
                    oldest.IsUsed = false;
                    _slots.Enqueue(oldest);
                }
                else
                {
                    _sizeBytes -= oldest.Drop();
                }
            }
        }
    }
}
