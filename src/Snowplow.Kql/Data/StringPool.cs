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
    private readonly string?[] _texts;

    /// <summary>A pool over bytes that belong to it from now on.</summary>
    /// <param name="bytes">All strings, one after the other.</param>
    /// <param name="ends">Where each ends.</param>
    /// <param name="isDistinct">Whether no string occurs twice, so that equal strings have equal indexes.</param>
    public StringPool(byte[] bytes, int[] ends, bool isDistinct)
    {
        _bytes = bytes;
        _ends = ends;
        _texts = new string?[ends.Length];
        IsDistinct = isDistinct;
    }

    /// <summary>A pool that holds nothing but the empty string.</summary>
    public static StringPool Empty { get; } = new([], [0], true);

    /// <summary>Number of strings.</summary>
    public int Count => _ends.Length;

    /// <summary>Bytes that it holds, about.</summary>
    internal long SizeBytes => _bytes.Length + (12L * _ends.Length);

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
    public string Text(int index) => _texts[index] ??= Encoding.UTF8.GetString(this[index]);

    /// <summary>The same strings, and the empty one behind them, which must not be there yet.</summary>
    internal StringPool WithEmpty() => new(_bytes, [.. _ends, _ends.Length == 0 ? 0 : _ends[^1]], IsDistinct);

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

        var pool = new StringPool(bytes, ends, texts.Length <= 1);
        for (var i = 0; i < texts.Length; i++) pool._texts[i] = texts[i];
        return pool;
    }
}
