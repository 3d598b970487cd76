using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>The place of a pool of strings that is read from a file when it is wanted, and may be forgotten afterwards.</summary>
internal sealed class PoolSlot
{
    private volatile StringPool? _kept;
    private WeakReference<StringPool>? _known;

    /// <summary>Whether it was asked for since the cache last looked.</summary>
    public bool IsUsed { get; set; }

    /// <summary>The pool, if it is in memory.</summary>
    public StringPool? Pool
    {
        get
        {
            IsUsed = true;
            return _kept ?? (Volatile.Read(ref _known) is { } known && known.TryGetTarget(out var pool) ? pool : null);
        }
    }

    /// <summary>Puts a pool in, which stays until <see cref="Drop"/>.</summary>
    public void Keep(StringPool pool)
    {
        Volatile.Write(ref _known, new WeakReference<StringPool>(pool));
        _kept = pool;
    }

    /// <summary>From now on the pool stays only as long as somebody else has it; gives its size.</summary>
    public long Drop()
    {
        var size = _kept?.SizeBytes ?? 0;
        _kept = null;
        return size;
    }
}
