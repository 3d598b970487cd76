using System.Text;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Excerpts;

/// <summary>Writes the fields of an excerpt one after the other, in the order of its columns. One at a time on a thread.</summary>
internal sealed class ExcerptWriter
{
    // Texts of entities, whose schemas allow more.
    private const int MaxEntityText = 255;

    [ThreadStatic]
    private static ExcerptWriter? _ofThread;

    private byte[] _text = new byte[4096];
    private int _length;

    /// <summary>Begins an excerpt; what was begun on this thread before is gone.</summary>
    public static ExcerptWriter Begin()
    {
        var writer = _ofThread ??= new ExcerptWriter();
        writer._length = 0;
        return writer;
    }

    /// <summary>Adds a field of the line, cut at a number of characters; 0 is no limit.</summary>
    public void Add(ReadOnlySpan<byte> utf8, int limit = 0)
    {
        if (limit > 0 && utf8.Length > limit) utf8 = Encoding.UTF8.GetBytes(Utf8Text.Cut(Encoding.UTF8.GetString(utf8), limit));
        if (_text.Length < _length + utf8.Length + 1) Array.Resize(ref _text, 2 * (_length + utf8.Length + 1));
        utf8.CopyTo(_text.AsSpan(_length));
        _length += utf8.Length;
        _text[_length++] = (byte)'\t';
    }

    /// <summary>Adds a text that comes out of JSON, where it may hold what separates fields: control characters become spaces.</summary>
    public void AddEntityText(ReadOnlySpan<byte> utf8)
    {
        var from = _length;
        Add(utf8, MaxEntityText);
        foreach (ref var b in _text.AsSpan(from, _length - from - 1))
            if (b < 0x20) b = (byte)' ';
    }

    /// <summary>The excerpt, or the one given where it has the same fields.</summary>
    public Excerpt End(Excerpt? likely = null)
    {
        var text = _text.AsSpan(0, _length - 1);
        return likely is not null && text.SequenceEqual(likely.Text) ? likely : new Excerpt(text.ToArray());
    }
}
