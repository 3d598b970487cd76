using System.Numerics;

namespace Snowplow.Warehouse.Tables;

/// <summary>
/// A set of rows of a segment that only grows. What <see cref="Share"/> gave stays as it is: the next row copies. Changed by one thread at
/// a time.
/// </summary>
internal sealed class RowSet
{
    private ulong[] _words;
    private bool _isShared;

    /// <summary>An empty set.</summary>
    public RowSet()
        : this([])
    {
    }

    /// <summary>A set of the rows whose bits are set.</summary>
    /// <param name="words">64 rows each, the first in the least bit.</param>
    public RowSet(ulong[] words)
    {
        _words = words;
        foreach (var word in words) Count += BitOperations.PopCount(word);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a row is in it.</summary>
    public bool Contains(int row) => Contains(_words, row);

    /// <summary>Whether a row is in a set of words, which may be shorter than the rows are many.</summary>
    public static bool Contains(ulong[] words, int row) => row >> 6 < words.Length && (words[row >> 6] >> (row & 63) & 1) != 0;

    /// <summary>Adds a row; false where it is in it.</summary>
    public bool Add(int row)
    {
        if (Contains(row)) return false;
        if (row >> 6 >= _words.Length) Array.Resize(ref _words, Math.Max((row >> 6) + 1, _words.Length * 2));
        else if (_isShared) _words = (ulong[])_words.Clone();
        _isShared = false;
        _words[row >> 6] |= 1UL << (row & 63);
        Count++;
        return true;
    }

    /// <summary>The words as they are now, which nobody may change.</summary>
    public ulong[] Share()
    {
        if (Count == 0) return [];
        _isShared = true;
        return _words;
    }
}
