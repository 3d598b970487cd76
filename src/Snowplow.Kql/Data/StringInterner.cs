using System.IO.Hashing;
using System.Numerics;

namespace Snowplow.Kql.Data;

/// <summary>
/// Gives equal strings the same small number, across pools: 0, 1, 2, … in the order of first appearance. For each pool it keeps which number a
/// code has, so that a string is hashed once per pool. Not for several threads.
/// </summary>
public sealed class StringInterner
{
    private readonly Dictionary<StringPool, int[]> _maps = new(ReferenceEqualityComparer.Instance);
    private byte[] _bytes;
    private int[] _ends;
    private uint[] _hashes;
    private int[] _slots;
    private StringPool? _lastPool;
    private int[]? _lastMap;

    /// <summary>An interner.</summary>
    /// <param name="bytes">Bytes of UTF-8 for which there is room at first.</param>
    /// <param name="strings">Strings for which there is room at first.</param>
    public StringInterner(int bytes = 1024, int strings = 64)
    {
        _bytes = new byte[Math.Max(bytes, 1)];
        _ends = new int[Math.Max(strings, 1)];
        _hashes = new uint[_ends.Length];
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)(2 * _ends.Length))];
    }

    /// <summary>Number of strings.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the UTF-8 of all strings.</summary>
    public int TextBytes => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>Bytes taken, about.</summary>
    public long SizeBytes => _bytes.Length + (16L * _ends.Length) + _maps.Sum(map => 4L * map.Value.Length);

    /// <summary>The hashes of all strings in the order of their numbers.</summary>
    internal ReadOnlySpan<uint> Hashes => _hashes.AsSpan(0, Count);

    /// <summary>The UTF-8 of a number's string.</summary>
    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            var start = number == 0 ? 0 : _ends[number - 1];
            return _bytes.AsSpan(start, _ends[number] - start);
        }
    }

    /// <summary>For a pool, the number of each code and one; 0 where it is not known yet.</summary>
    public int[] Map(StringPool pool)
    {
        if (ReferenceEquals(pool, _lastPool)) return _lastMap!;
        // Pools of single batches come and go: their maps are not worth keeping.
        if (_maps.Count > 64) _maps.Clear();
        if (!_maps.TryGetValue(pool, out var map)) _maps.Add(pool, map = new int[pool.Count]);
        _lastPool = pool;
        return _lastMap = map;
    }

    /// <summary>The number of a pool's code.</summary>
    public int Code(StringPool pool, int[] map, int code)
    {
        var number = map[code] - 1;
        if (number >= 0) return number;
        number = Intern(pool[code]);
        map[code] = number + 1;
        return number;
    }

    /// <summary>The number of a string; a new one where it is new.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        var slot = Find(text, hash);
        if (_slots[slot] > 0) return _slots[slot] - 1;
        if (Count == _ends.Length) Grow();
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + text.Length > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, start + text.Length)));
        text.CopyTo(_bytes.AsSpan(start));
        _ends[Count] = checked(start + text.Length);
        _hashes[Count] = hash;
        Count++;
        // Growing moved the slots.
        _slots[Find(text, hash, isNew: true)] = Count;
        return Count - 1;
    }

    /// <summary>The number of a string; -1 where it has none.</summary>
    public int Look(ReadOnlySpan<byte> text) => _slots[Find(text, Hash(text))] - 1;

    /// <summary>Forgets all strings and pools, and keeps the room for others. Pools that share the bytes are not to be used afterwards.</summary>
    public void Clear()
    {
        _maps.Clear();
        (_lastPool, _lastMap) = (null, null);
        Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>A pool whose codes are the numbers.</summary>
    public StringPool ToPool() => Count == 0 ? StringPool.Empty : new(_bytes.AsSpan(0, _ends[Count - 1]).ToArray(), _ends.AsSpan(0, Count).ToArray(), true);

    /// <summary>
    /// A pool of the first numbers that shares the bytes. Another thread may ask for as many as it knows to be there while strings are added.
    /// </summary>
    public StringPool Share(int count) => new(_bytes, _ends, count, true);

    private static uint Hash(ReadOnlySpan<byte> text) => (uint)XxHash3.HashToUInt64(text);

    private int Find(ReadOnlySpan<byte> text, uint hash, bool isNew = false)
    {
        var mask = _slots.Length - 1;
        var slot = (int)(hash & mask);
        while (_slots[slot] is > 0 and var number && (isNew || _hashes[number - 1] != hash || !this[number - 1].SequenceEqual(text))) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _ends, 2 * Count);
        Array.Resize(ref _hashes, 2 * Count);
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)(4 * Count))];
        var mask = _slots.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var slot = (int)(_hashes[i] & mask);
            while (_slots[slot] > 0) slot = (slot + 1) & mask;
            _slots[slot] = i + 1;
        }
    }
}
