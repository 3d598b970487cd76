using System.Numerics;

namespace Snowplow.Kql.Data;

/// <summary>A bit for each row, set where the row has a value. A column without one has values in all rows.</summary>
public sealed class Bitmap
{
    private readonly ulong[] _words;
    private readonly int _start;

    private Bitmap(ulong[] words, int start, int length)
    {
        _words = words;
        _start = start;
        Length = length;
    }

    /// <summary>A bitmap of so many rows, all of them set or none.</summary>
    public Bitmap(int length, bool isSet)
        : this(new ulong[(length + 63) >> 6], 0, length)
    {
        if (isSet) Array.Fill(_words, ulong.MaxValue);
    }

    /// <summary>A bitmap over words that belong to it from now on.</summary>
    /// <param name="words">64 rows each, the first in the lowest bit.</param>
    /// <param name="length">Number of rows.</param>
    public Bitmap(ulong[] words, int length)
        : this(words, 0, length)
    {
    }

    /// <summary>Number of rows.</summary>
    public int Length { get; }

    /// <summary>Whether the row has a value.</summary>
    public bool this[int row]
    {
        get => (_words[(_start + row) >> 6] >> ((_start + row) & 63) & 1) != 0;
        set
        {
            var bit = 1UL << ((_start + row) & 63);
            if (value) _words[(_start + row) >> 6] |= bit;
            else _words[(_start + row) >> 6] &= ~bit;
        }
    }

    /// <summary>Number of rows with a value.</summary>
    public int Count()
    {
        if (_start != 0) return CountByRow();
        var count = 0;
        for (var i = 0; i < Length >> 6; i++) count += BitOperations.PopCount(_words[i]);
        if ((Length & 63) != 0) count += BitOperations.PopCount(_words[Length >> 6] & ((1UL << (Length & 63)) - 1));
        return count;
    }

    /// <summary>A view of some of the rows; shares the bits.</summary>
    public Bitmap Slice(int start, int length) => new(_words, _start + start, length);

    /// <summary>Rows that both have; null (all) where both are null.</summary>
    internal static Bitmap? And(Bitmap? a, Bitmap? b)
    {
        if (a is null || b is null) return a ?? b;
        var both = new Bitmap(a.Length, false);
        if ((a._start & 63) == 0 && (b._start & 63) == 0)
        {
            for (var i = 0; i < both._words.Length; i++) both._words[i] = a._words[(a._start >> 6) + i] & b._words[(b._start >> 6) + i];
            return both;
        }

        for (var i = 0; i < a.Length; i++) both[i] = a[i] && b[i];
        return both;
    }

    private int CountByRow()
    {
        var count = 0;
        for (var i = 0; i < Length; i++) count += this[i] ? 1 : 0;
        return count;
    }
}
