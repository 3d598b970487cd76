using System.Buffers.Text;
using System.Text;

namespace Snowplow.Events.Enriched;

/// <summary>
/// One event as its line of the enriched TSV holds it. A view into its <see cref="EnrichedBatch"/>: copying it is
/// cheap, and whoever keeps it keeps the batch's buffer alive, so states copy out what they need.
/// </summary>
public readonly struct EnrichedEvent
{
    private readonly EnrichedBatch _batch;
    private readonly int _index;

    internal EnrichedEvent(EnrichedBatch batch, int index)
    {
        _batch = batch;
        _index = index;
    }

    /// <summary>The whole line in UTF-8, without the line feed.</summary>
    public ReadOnlySpan<byte> Line => _batch.Line(_index);

    /// <summary>A field's text in UTF-8; empty stands for null.</summary>
    public ReadOnlySpan<byte> this[EventField field] => _batch.Field(_index, field);

    /// <summary>A field's text, or null where it is empty.</summary>
    public string? Text(EventField field)
    {
        var utf8 = this[field];
        return utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
    }

    /// <summary>A timestamp field, or null where it is empty or not <see cref="EventTime"/>'s format.</summary>
    public DateTimeOffset? Timestamp(EventField field) => EventTime.TryParse(this[field], out var time) ? time : null;

    /// <summary>An integer field, or null where it is empty or not an integer.</summary>
    public int? Int(EventField field)
    {
        var utf8 = this[field];
        return Utf8Parser.TryParse(utf8, out int value, out var consumed) && consumed == utf8.Length ? value : null;
    }
}
