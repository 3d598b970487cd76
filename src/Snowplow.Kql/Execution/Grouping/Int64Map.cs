using System.Numerics;

namespace Snowplow.Kql.Execution.Grouping;

/// <summary>Gives 64-bit keys small numbers, 0, 1, 2, … in the order of first appearance. Open addressing; not for several threads.</summary>
internal sealed class Int64Map
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    private long[] _keys = new long[32];
    private int[] _slots = new int[64];
    private int _shift = 58;

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>The keys in the order of their numbers.</summary>
    public ReadOnlySpan<long> Keys => _keys.AsSpan(0, Count);

    public long SizeBytes => (8L * _keys.Length) + (4L * _slots.Length);

    /// <summary>The number of a key; a new one where it is new.</summary>
    public int Add(long key)
    {
        var slot = Find(key);
        if (_slots[slot] != 0) return _slots[slot] - 1;
        if (Count == _keys.Length)
        {
            Grow();
            slot = Find(key);
        }

        _keys[Count++] = key;
        _slots[slot] = Count;
        return Count - 1;
    }

    /// <summary>The number of a key; -1 where it has none.</summary>
    public int Look(long key) => _slots[Find(key)] - 1;

    private int Find(long key)
    {
        var slots = _slots;
        var keys = _keys;
        var mask = slots.Length - 1;
        var slot = (int)(((ulong)key * Factor) >> _shift);
        while (true)
        {
            var number = slots[slot];
            if (number == 0 || keys[number - 1] == key) return slot;
            slot = (slot + 1) & mask;
        }
    }

    private void Grow()
    {
        Array.Resize(ref _keys, 2 * Count);
        _slots = new int[4 * Count];
        _shift = 64 - BitOperations.TrailingZeroCount(_slots.Length);
        for (var i = 0; i < Count; i++) _slots[Find(_keys[i])] = i + 1;
    }
}
