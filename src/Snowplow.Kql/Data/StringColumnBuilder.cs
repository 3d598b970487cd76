using System.Text;

namespace Snowplow.Kql.Data;

/// <summary>Codes strings by a dictionary as they come. Not for several threads.</summary>
public sealed class StringColumnBuilder
{
    private readonly StringInterner _interner = new();
    private int[] _codes = new int[256];
    private byte[] _buffer = new byte[256];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        if (Count == _codes.Length) Array.Resize(ref _codes, 2 * Count);
        _codes[Count++] = _interner.Intern(utf8);
    }

    /// <summary>Adds a row.</summary>
    public void Add(string text)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (size > _buffer.Length) _buffer = new byte[size];
        Add(_buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, _buffer)));
    }

    /// <summary>The column.</summary>
    public StringColumn Finish() => new(_interner.ToPool(), _codes.AsSpan(0, Count).ToArray());
}
