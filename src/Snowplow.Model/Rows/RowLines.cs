using System.Buffers;
using System.Text.Json;

namespace Snowplow.Model.Rows;

/// <summary>Lines of one table, one JSON object each. One at a time on a thread for each kind.</summary>
internal sealed class RowLines
{
    private const int MaxKept = 1 << 20;

    private ArrayBufferWriter<byte> _lines = new();

    public RowLines() => Row = new Utf8JsonWriter(_lines, RowJson.WriterOptions);

    /// <summary>Writes the members of the row begun last.</summary>
    public Utf8JsonWriter Row { get; }

    public void Begin() => Row.WriteStartObject();

    public void End() => Row.EndLine(_lines);

    /// <summary>Takes the lines; the next begin anew.</summary>
    public byte[] Take()
    {
        if (_lines.WrittenCount == 0) return [];
        var lines = _lines.WrittenSpan.ToArray();
        if (_lines.Capacity > MaxKept)
        {
            _lines = new ArrayBufferWriter<byte>();
            Row.Reset(_lines);
        }
        else
        {
            _lines.ResetWrittenCount();
        }

        return lines;
    }
}
