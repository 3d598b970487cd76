using System.Text;

namespace Snowplow.Kql.Data;

/// <summary>
/// Strings in UTF-8, named by their index: the dictionary of a column or extent, or the plain strings of a batch. Index 0 need not be anything
/// special. Immutable; strings of .NET are made when first asked for, and kept.
/// </summary>
public sealed class StringPool
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private string?[]? _texts;
    private (StringPool Pool, int Index)? _empty;

    /// <summary>A pool over bytes that belong to it from now on.</summary>
    /// <param name="bytes">All strings, one after the other.</param>
    /// <param name="ends">Where each ends.</param>
    /// <param name="isDistinct">Whether no string occurs twice, so that equal strings have equal indexes.</param>
    public StringPool(byte[] bytes, int[] ends, bool isDistinct)
        : this(bytes, ends, ends.Length, isDistinct)
    {
    }

    /// <summary>A pool over the head of arrays that grow: what stands there for its strings must stay as it is.</summary>
    /// <param name="bytes">All strings, one after the other, and more.</param>
    /// <param name="ends">Where each ends, and more.</param>
    /// <param name="count">Number of strings.</param>
    /// <param name="isDistinct">Whether no string occurs twice.</param>
    public StringPool(byte[] bytes, int[] ends, int count, bool isDistinct)
    {
        _bytes = bytes;
        _ends = ends;
        Count = count;
        IsDistinct = isDistinct;
    }

    /// <summary>A pool that holds nothing but the empty string.</summary>
    public static StringPool Empty { get; } = new([], [0], true);

    /// <summary>Number of strings.</summary>
    public int Count { get; }

    /// <summary>Bytes that it holds, about.</summary>
    public long SizeBytes => TextBytes + (12L * Count);

    /// <summary>The UTF-8 of all strings, one after the other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, TextBytes);

    /// <summary>Bytes of all strings.</summary>
    public int TextBytes => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>Whether no string occurs twice.</summary>
    public bool IsDistinct { get; }

    /// <summary>The UTF-8 of a string.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>The string of .NET.</summary>
    public string Text(int index)
    {
        // Two threads may make it; either stays.
        var texts = _texts ??= new string?[Count];
        return texts[index] ??= Encoding.UTF8.GetString(this[index]);
    }

    /// <summary>A pool in which the empty string is, and where: this one, or the same strings and it behind them.</summary>
    internal (StringPool Pool, int Index) WithEmpty()
    {
        lock (_ends)
        {
            return _empty ??= Find() is >= 0 and var index ? (this, index) : (new StringPool(_bytes, [.. _ends.AsSpan(0, Count), TextBytes], IsDistinct), Count);
        }

        int Find()
        {
            for (var i = 0; i < Count; i++)
                if (this[i].IsEmpty) return i;
            return -1;
        }
    }

    /// <summary>Whether equal strings of this pool and of another have one index, and different ones two: the other is this one, or with the empty string behind.</summary>
    internal bool SharesIndexes(StringPool other) => IsDistinct && (this == other || _empty?.Pool == other || other._empty?.Pool == this);

    /// <summary>A pool of these strings in their order.</summary>
    public static StringPool Of(ReadOnlySpan<string> texts)
    {
        var size = 0L;
        foreach (var text in texts) size += Encoding.UTF8.GetByteCount(text);
        var bytes = new byte[checked((int)size)];
        var ends = new int[texts.Length];
        var at = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            at += Encoding.UTF8.GetBytes(texts[i], bytes.AsSpan(at));
            ends[i] = at;
        }

        return new StringPool(bytes, ends, texts.Length <= 1) { _texts = texts.ToArray() };
    }
}
