using System.Numerics;

namespace Snowplow.Kql.Execution.Sorting;

/// <summary>Stable sort of items by keys of 64 bits on one thread: digit after digit, the least first, of the bits in which the keys differ.</summary>
internal sealed class RadixSort
{
    private const int Few = 24;

    // As many as are worth the longer digits.
    private const int Many = 4096;
    private const int ShortDigit = 8;
    private const int LongDigit = 11;

    private readonly int[] _places = new int[1 << LongDigit];
    private ulong[] _keys = [];
    private int[] _items = [];

    /// <summary>Puts keys in order, and each item with its key.</summary>
    public void Sort(Span<ulong> keys, Span<int> items)
    {
        if (keys.Length <= Few)
        {
            Insert(keys, items);
            return;
        }

        var differing = 0UL;
        foreach (var key in keys) differing |= key ^ keys[0];
        if (differing == 0) return;
        if (_keys.Length < keys.Length)
        {
            _keys = GC.AllocateUninitializedArray<ulong>(keys.Length);
            _items = GC.AllocateUninitializedArray<int>(keys.Length);
        }

        var digit = keys.Length < Many ? ShortDigit : LongDigit;
        var fromKeys = keys;
        var fromItems = items;
        var toKeys = _keys.AsSpan(0, keys.Length);
        var toItems = _items.AsSpan(0, keys.Length);
        var isMoved = false;
        for (var shift = BitOperations.TrailingZeroCount(differing); shift < 64 && differing >> shift != 0; shift += digit)
        {
            if ((differing >> shift & ((1UL << digit) - 1)) == 0) continue;
            Move(fromKeys, fromItems, toKeys, toItems, shift, _places.AsSpan(0, 1 << digit));
            var movedKeys = toKeys;
            var movedItems = toItems;
            toKeys = fromKeys;
            toItems = fromItems;
            fromKeys = movedKeys;
            fromItems = movedItems;
            isMoved = !isMoved;
        }

        if (!isMoved) return;
        fromKeys.CopyTo(keys);
        fromItems.CopyTo(items);
    }

    private static void Move(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> items, Span<ulong> toKeys, Span<int> toItems, int shift, Span<int> places)
    {
        var mask = places.Length - 1;
        places.Clear();
        foreach (var key in keys) places[(int)(key >> shift) & mask]++;
        var at = 0;
        for (var d = 0; d < places.Length; d++) (places[d], at) = (at, at + places[d]);
        for (var i = 0; i < keys.Length; i++)
        {
            var place = places[(int)(keys[i] >> shift) & mask]++;
            toKeys[place] = keys[i];
            toItems[place] = items[i];
        }
    }

    private static void Insert(Span<ulong> keys, Span<int> items)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            var (key, item) = (keys[i], items[i]);
            var place = i;
            for (; place > 0 && keys[place - 1] > key; place--) (keys[place], items[place]) = (keys[place - 1], items[place - 1]);
            (keys[place], items[place]) = (key, item);
        }
    }
}
