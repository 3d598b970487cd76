namespace Snowplow.Events.Enriched;

/// <summary>
/// Lines of the enriched TSV together with where their fields end: one buffer and one index for many events, so that
/// reading an event allocates nothing. Immutable; safe to share between threads.
/// </summary>
public sealed class EnrichedBatch
{
    /// <summary>A batch without events.</summary>
    public static readonly EnrichedBatch Empty = new(ReadOnlyMemory<byte>.Empty, []);

    private readonly ReadOnlyMemory<byte> _text;

    // The end of each field as an offset into _text: EventFields.Count entries an event, in order. The byte there is a
    // tab, or the line feed after the last field.
    private readonly int[] _fieldEnds;

    private EnrichedBatch(ReadOnlyMemory<byte> text, int[] fieldEnds)
    {
        _text = text;
        _fieldEnds = fieldEnds;
    }

    /// <summary>The number of events.</summary>
    public int Count => _fieldEnds.Length / EventFields.Count;

    /// <summary>The lines, each ended by a line feed.</summary>
    public ReadOnlyMemory<byte> Text => _text;

    /// <summary>The event at a 0-based index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not in the batch.</exception>
    public EnrichedEvent this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new EnrichedEvent(this, index);
        }
    }

    /// <summary>Indexes lines of enriched TSV. The batch keeps the buffer; the caller must not change it afterwards.</summary>
    /// <param name="text">Lines of 131 tab-separated fields in UTF-8, each ended by a line feed; may be empty.</param>
    /// <exception cref="FormatException">A line has another number of fields, or the last line is not ended.</exception>
    public static EnrichedBatch Parse(ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        var lines = span.Count((byte)'\n');
        if (lines == 0 && span.Length == 0) return Empty;
        if (span[^1] != '\n') throw new FormatException($"The last line of the enriched TSV (after {lines} whole lines) is not ended by a line feed.");

        var ends = new int[lines * EventFields.Count];
        var position = 0;
        for (var line = 0; line < lines; line++)
        {
            var lineEnd = position + span[position..].IndexOf((byte)'\n');
            var fields = ends.AsSpan(line * EventFields.Count, EventFields.Count);
            for (var field = 0; field < EventFields.Count; field++)
            {
                var tab = span[position..lineEnd].IndexOf((byte)'\t');
                var isLast = field == EventFields.Count - 1;
                if (tab < 0 != isLast)
                    throw new FormatException($"Line {line + 1} of the enriched TSV does not have {EventFields.Count} fields.");
                fields[field] = isLast ? lineEnd : position + tab;
                position = fields[field] + 1;
            }
        }

        return new EnrichedBatch(text, ends);
    }

    internal ReadOnlySpan<byte> Field(int index, EventField field)
    {
        var at = index * EventFields.Count + (int)field;
        var start = at == 0 ? 0 : _fieldEnds[at - 1] + 1;
        return _text.Span[start.._fieldEnds[at]];
    }

    internal ReadOnlySpan<byte> Line(int index)
    {
        var first = index * EventFields.Count;
        var start = first == 0 ? 0 : _fieldEnds[first - 1] + 1;
        return _text.Span[start.._fieldEnds[first + EventFields.Count - 1]];
    }
}
