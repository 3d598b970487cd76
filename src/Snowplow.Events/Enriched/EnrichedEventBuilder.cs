using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Snowplow.Events.Enriched;

/// <summary>
/// An enriched event in the making: fields are set in any order, read back by later enrichments, and written as one
/// line of TSV. Meant to be reused from event to event (<see cref="Clear"/>), so that a pipeline allocates nothing per
/// event once its buffer has grown. Not thread-safe.
/// </summary>
public sealed class EnrichedEventBuilder
{
    private readonly (int Start, int Length)[] _fields = new (int, int)[EventFields.Count];
    private byte[] _buffer = new byte[4096];
    private int _used;

    /// <summary>A field's current text in UTF-8; empty stands for null. Valid until the next change of any field.</summary>
    public ReadOnlySpan<byte> this[EventField field]
    {
        get
        {
            var (start, length) = _fields[(int)field];
            return _buffer.AsSpan(start, length);
        }
    }

    /// <summary>A field's current text, or null where it is empty.</summary>
    public string? GetText(EventField field)
    {
        var utf8 = this[field];
        return utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The size in bytes of the line that <see cref="WriteLine"/> would write.</summary>
    public int LineSize
    {
        get
        {
            var size = EventFields.Count;
            foreach (var (_, length) in _fields) size += length;
            return size;
        }
    }

    /// <summary>Empties all fields.</summary>
    public void Clear()
    {
        Array.Clear(_fields);
        _used = 0;
    }

    /// <summary>Empties one field.</summary>
    public void Unset(EventField field) => _fields[(int)field] = default;

    /// <summary>
    /// Sets a field to untrusted text, made safe for TSV as Snowplow's enrich does (<c>ConversionUtils.makeTsvSafe</c>): a
    /// tab becomes four spaces, other control characters (U+0000–U+001F, U+007F) are dropped; text that ends up empty is
    /// null. Invalid UTF-8 becomes U+FFFD.
    /// </summary>
    public void SetText(EventField field, ReadOnlySpan<byte> utf8)
    {
        var start = _used;
        if (Utf8.IsValid(utf8)) AppendTsvSafe(utf8);
        else AppendTsvSafe(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8)));
        _fields[(int)field] = (start, _used - start);
    }

    /// <summary>Sets a field to untrusted text; null and empty are the same.</summary>
    /// <seealso cref="SetText(EventField, ReadOnlySpan{byte})"/>
    public void SetText(EventField field, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            Unset(field);
            return;
        }

        var start = _used;
        var max = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = ArrayPool<byte>.Shared.Rent(max);
        AppendTsvSafe(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        _fields[(int)field] = (start, _used - start);
    }

    /// <summary>Sets a field to valid UTF-8 that holds no control characters: compact JSON, formatted numbers, known names.</summary>
    public void SetClean(EventField field, ReadOnlySpan<byte> utf8)
    {
        var destination = Reserve(utf8.Length);
        utf8.CopyTo(destination);
        Commit(field, utf8.Length);
    }

    /// <summary>Sets an integer field.</summary>
    public void SetInt(EventField field, int value)
    {
        Utf8Formatter.TryFormat(value, Reserve(11), out var written);
        Commit(field, written);
    }

    /// <summary>Sets a float field, in the form of Java's <c>Float.toString</c>: <c>51.5</c>, <c>-0.1257</c>, <c>38.0</c>, <c>1.0E-4</c>.</summary>
    public void SetFloat(EventField field, float value)
    {
        var destination = Reserve(JavaFloat.MaxLength);
        Commit(field, JavaFloat.Format(value, destination));
    }

    /// <summary>Sets a timestamp field.</summary>
    public void SetTimestamp(EventField field, DateTimeOffset time)
    {
        EventTime.Format(time, Reserve(EventTime.Length));
        Commit(field, EventTime.Length);
    }

    /// <summary>Writes the event as one line of 131 tab-separated fields, ended by a line feed.</summary>
    public void WriteLine(IBufferWriter<byte> output)
    {
        var size = LineSize;
        var line = output.GetSpan(size);
        var at = 0;
        for (var field = 0; field < EventFields.Count; field++)
        {
            var (start, length) = _fields[field];
            _buffer.AsSpan(start, length).CopyTo(line[at..]);
            at += length;
            line[at++] = field == EventFields.Count - 1 ? (byte)'\n' : (byte)'\t';
        }

        output.Advance(size);
    }

    private void AppendTsvSafe(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            var control = utf8.IndexOfAny(ControlCharacters);
            var clean = control < 0 ? utf8 : utf8[..control];
            clean.CopyTo(Reserve(clean.Length));
            _used += clean.Length;
            if (control < 0) return;
            if (utf8[control] == '\t')
            {
                "    "u8.CopyTo(Reserve(4));
                _used += 4;
            }

            utf8 = utf8[(control + 1)..];
        }
    }

    // Room for a value; it may move the buffer, so spans from the indexer end here.
    private Span<byte> Reserve(int length)
    {
        if (_buffer.Length - _used < length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + length));
        return _buffer.AsSpan(_used, length);
    }

    private void Commit(EventField field, int length)
    {
        _fields[(int)field] = (_used, length);
        _used += length;
    }

    private static readonly SearchValues<byte> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b), 0x7f]);
}
