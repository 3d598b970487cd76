using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>The different terms of some texts, as hashes. Not for several threads.</summary>
internal sealed class TermSet
{
    private readonly TermHashes _found = new();
    private uint[] _slots = new uint[1 << 12];
    private uint[] _hashes = new uint[1 << 11];
    private int _count;

    /// <summary>The hashes; each once.</summary>
    public ReadOnlySpan<uint> All => _hashes.AsSpan(0, _count);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _count = 0;
        Array.Clear(_slots);
    }

    /// <summary>Adds the terms of a text.</summary>
    /// <param name="utf8">What is stored of it.</param>
    /// <param name="isJson">Whether that is the JSON of a dynamic value.</param>
    public void Add(ReadOnlySpan<byte> utf8, bool isJson)
    {
        _found.Clear();
        _found.Append(utf8, isJson);
        foreach (var hash in _found.All) Add(hash);
    }

    private void Add(uint hash)
    {
        // A free slot is 0.
        var sought = hash == 0 ? 1 : hash;
        var slot = sought & (uint)(_slots.Length - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
            if (_slots[slot] == sought) return;
        _slots[slot] = sought;
        _hashes[_count++] = hash;
        if (_count == _hashes.Length) Grow();
    }

    private void Grow()
    {
        Array.Resize(ref _hashes, 2 * _count);
        _slots = new uint[2 * _slots.Length];
        foreach (var hash in All)
        {
            var slot = Math.Max(1, hash) & (uint)(_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (uint)(_slots.Length - 1);
            _slots[slot] = Math.Max(1, hash);
        }
    }
}
