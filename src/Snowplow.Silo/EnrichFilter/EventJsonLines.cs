using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Silo.EnrichFilter;

/// <summary>Writes enriched events as lines of JSON. Keeps a writer; not thread-safe.</summary>
internal sealed class EventJsonLines : IDisposable
{
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions
    {
        // Lines go to files and programs, never into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    });

    /// <summary>Writes all events of some lines.</summary>
    /// <param name="lines">Whole lines of enriched TSV.</param>
    /// <param name="output">Receives one line each.</param>
    public void Write(ReadOnlyMemory<byte> lines, IBufferWriter<byte> output)
    {
        var events = EnrichedBatch.Parse(lines);
        for (var i = 0; i < events.Count; i++) Write(events[i], output);
    }

    /// <summary>Writes one event.</summary>
    public void Write(EnrichedEvent e, IBufferWriter<byte> output)
    {
        _writer.Reset(output);
        EnrichedEventJson.Write(e, _writer);
        _writer.Flush();
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
