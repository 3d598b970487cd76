using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Snowplow.Kql.Execution.Grouping;

/// <summary>Gives 64-bit keys small numbers, 0, 1, 2, … in the order of first appearance. Open addressing; not for several threads.</summary>
internal sealed class Int64Map
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    /// <summary>So many keys ahead their slots are worth being fetched: they lie all over the memory.</summary>
    public const int Ahead = 16;

    private long[] _keys = new long[32];

    // In the upper half bits of a key's hash, in the lower its number and one; 0 where there is none. The keys themselves are looked at where the bits agree.
    private ulong[] _slots = new ulong[64];
    private int _shift = 58;

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>The keys in the order of their numbers.</summary>
    public ReadOnlyMemory<long> Keys => _keys.AsMemory(0, Count);

    public long SizeBytes => 8L * (_keys.Length + _slots.Length);

    /// <summary>The number of a key; a new one where it is new.</summary>
    public int Add(long key)
    {
        ref var slot = ref Find(key);
        if (slot != 0) return (int)slot - 1;
        if (Count == _keys.Length)
        {
            Grow();
            slot = ref Find(key);
        }

        _keys[Count++] = key;
        slot = Tag((ulong)key * Factor) | (uint)Count;
        return Count - 1;
    }

    /// <summary>The numbers of keys, of which the upper halves are given in place of the numbers, and the lower ones beside; new ones where they are new.</summary>
    public void Add(Span<int> numbers, ReadOnlySpan<int> lower)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            if (i + Ahead < numbers.Length) Fetch(Pair(numbers[i + Ahead], lower[i + Ahead]));
            numbers[i] = Add(Pair(numbers[i], lower[i]));
        }
    }

    /// <summary>A key of two halves.</summary>
    public static long Pair(int upper, int lower) => ((long)upper << 32) | (uint)lower;

    /// <summary>The number of a key; -1 where it has none.</summary>
    public int Look(long key) => (int)Find(key) - 1;

    private static ulong Tag(ulong hash) => hash << 16 & 0xFFFFFFFF_00000000;

    private ref ulong Find(long key)
    {
        var slots = _slots;
        var keys = _keys;
        var mask = slots.Length - 1;
        var hash = (ulong)key * Factor;
        var tag = Tag(hash);
        var place = (int)(hash >> _shift);
        while (true)
        {
            ref var slot = ref slots[place];
            if (slot == 0 || ((slot ^ tag) <= uint.MaxValue && keys[(int)slot - 1] == key)) return ref slot;
            place = (place + 1) & mask;
        }
    }

    /// <summary>Has the memory of a key's slot fetched, which will be asked for soon.</summary>
    public unsafe void Fetch(long key)
    {
        // An address that the collector has moved away from is fetched in vain, and no more.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref _slots[(int)(((ulong)key * Factor) >> _shift)]));
    }

    private void Grow()
    {
        Array.Resize(ref _keys, 2 * Count);
        _slots = new ulong[4 * Count];
        _shift = 64 - BitOperations.TrailingZeroCount(_slots.Length);
        var mask = _slots.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var hash = (ulong)_keys[i] * Factor;
            var place = (int)(hash >> _shift);
            while (_slots[place] != 0) place = (place + 1) & mask;
            _slots[place] = Tag(hash) | (uint)(i + 1);
        }
    }
}
