using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.BadRows;

/// <summary>
/// Writes bad rows: one line of compact self-describing JSON each, ended by a line feed, in the schemas of
/// <see cref="BadRowType"/>. Keeps a buffer from row to row; not thread-safe.
/// </summary>
/// <remarks>
/// Payloads are never cut, though the schemas limit some of their strings (parameter values: 512 characters): a bad row must
/// hold all that is needed to send the event again. Snowplow's own rows break the same limits.
/// </remarks>
public sealed class BadRowWriter : IDisposable
{
    // Limits of the schemas, in characters. The payload has both whole.
    private const int MaxVendorLength = 64;
    private const int MaxVersionLength = 16;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // Rows go to files, never into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Processor _processor;

    // A row goes to the output in one piece, so that an exception cannot leave half a row there.
    private readonly ArrayBufferWriter<byte> _row = new(8192);
    private readonly Utf8JsonWriter _json;

    /// <summary>Writes rows in the name of a program.</summary>
    public BadRowWriter(Processor processor)
    {
        _processor = processor;
        _json = new Utf8JsonWriter(_row, WriterOptions);
    }

    /// <inheritdoc cref="BadRowType.CollectorPayloadFormatViolation"/>
    /// <param name="output">Where the row goes.</param>
    /// <param name="timestamp">When it failed.</param>
    /// <param name="message">An <see cref="ErrorMessage"/> or a <see cref="PayloadFieldMessage"/>.</param>
    /// <param name="payload">The raw record.</param>
    public void CollectorPayloadFormatViolation(
        IBufferWriter<byte> output, DateTimeOffset timestamp, FailureMessage message, ReadOnlySpan<byte> payload) =>
        FormatViolation(output, timestamp, "thrift", message, payload);

    /// <summary>A line that should be a collector payload as JSON and is not: a <see cref="BadRowType.CollectorPayloadFormatViolation"/>.</summary>
    /// <param name="output">Where the row goes.</param>
    /// <param name="timestamp">When it failed.</param>
    /// <param name="message">Why.</param>
    /// <param name="line">The line, without its end.</param>
    public void UnreadableLine(IBufferWriter<byte> output, DateTimeOffset timestamp, ErrorMessage message, ReadOnlySpan<byte> line) =>
        FormatViolation(output, timestamp, "ndjson", message, line);

    /// <summary>A line that is no enriched event: a <see cref="BadRowType.LoaderParsingError"/>.</summary>
    /// <param name="output">Where the row goes.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="line">The line, without its end; bytes that are not UTF-8 become U+FFFD.</param>
    public void LoaderParsingError(IBufferWriter<byte> output, EnrichedLineFault fault, ReadOnlySpan<byte> line)
    {
        BeginData(BadRowType.LoaderParsingError);
        fault.Write(_json);
        _json.WriteString("payload", System.Text.Encoding.UTF8.GetString(line));
        End(output);
    }

    private void FormatViolation(IBufferWriter<byte> output, DateTimeOffset timestamp, string loader, FailureMessage message, ReadOnlySpan<byte> payload)
    {
        Begin(BadRowType.CollectorPayloadFormatViolation, timestamp);
        _json.WriteString("loader", loader);
        _json.WritePropertyName("message");
        message.Write(_json);
        _json.WriteEndObject();
        _json.WriteBase64String("payload", payload);
        End(output);
    }

    /// <summary>A payload, or one item of it, that its adapter refused.</summary>
    /// <param name="output">Where the row goes.</param>
    /// <param name="type"><see cref="BadRowType.AdapterFailures"/> or <see cref="BadRowType.TrackerProtocolViolations"/>.</param>
    /// <param name="timestamp">When it failed.</param>
    /// <param name="messages">Why; at least one.</param>
    /// <param name="payload">The payload.</param>
    public void AdapterFailures(
        IBufferWriter<byte> output, BadRowType type, DateTimeOffset timestamp, IReadOnlyList<FailureMessage> messages, AdaptedPayload payload)
    {
        Begin(type, timestamp);
        FailureMessage.WriteCut(_json, "vendor", payload.Vendor, MaxVendorLength);
        FailureMessage.WriteCut(_json, "version", payload.Version, MaxVersionLength);
        WriteMessages(messages);
        _json.WriteEndObject();
        _json.WritePropertyName("payload");
        payload.Write(_json);
        End(output);
    }

    /// <inheritdoc cref="BadRowType.SchemaViolations"/>
    /// <param name="output">Where the row goes.</param>
    /// <param name="timestamp">When it failed.</param>
    /// <param name="messages">Why; at least one.</param>
    /// <param name="enriched">The event as far as it was enriched.</param>
    /// <param name="raw">The event as it came.</param>
    public void SchemaViolations(
        IBufferWriter<byte> output, DateTimeOffset timestamp, IReadOnlyList<FailureMessage> messages, EnrichedEventBuilder enriched, RawEventPayload raw)
    {
        Begin(BadRowType.SchemaViolations, timestamp);
        WriteMessages(messages);
        _json.WriteEndObject();
        WriteEnrichmentPayload(enriched, raw);
        End(output);
    }

    /// <inheritdoc cref="BadRowType.EnrichmentFailures"/>
    /// <param name="output">Where the row goes.</param>
    /// <param name="timestamp">When it failed.</param>
    /// <param name="failures">Why; at least one.</param>
    /// <param name="enriched">The event as far as it was enriched.</param>
    /// <param name="raw">The event as it came.</param>
    public void EnrichmentFailures(
        IBufferWriter<byte> output, DateTimeOffset timestamp, IReadOnlyList<EnrichmentFailure> failures, EnrichedEventBuilder enriched, RawEventPayload raw)
    {
        Begin(BadRowType.EnrichmentFailures, timestamp);
        _json.WriteStartArray("messages");
        foreach (var failure in failures) failure.Write(_json);
        _json.WriteEndArray();
        _json.WriteEndObject();
        WriteEnrichmentPayload(enriched, raw);
        End(output);
    }

    /// <inheritdoc cref="BadRowType.SizeViolation"/>
    /// <param name="output">Where the row goes.</param>
    /// <param name="timestamp">When it failed.</param>
    /// <param name="maximumBytes">The limit.</param>
    /// <param name="actualBytes">The size that is beyond it.</param>
    /// <param name="expectation">What was expected of what.</param>
    /// <param name="payload">A collector payload of this event alone; written as Thrift in base64, whole, so that it can be replayed.</param>
    public void SizeViolation(
        IBufferWriter<byte> output, DateTimeOffset timestamp, int maximumBytes, int actualBytes, string expectation, ReadOnlySpan<byte> payload)
    {
        Begin(BadRowType.SizeViolation, timestamp);
        _json.WriteNumber("maximumAllowedSizeBytes", maximumBytes);
        _json.WriteNumber("actualSizeBytes", actualBytes);
        _json.WriteString("expectation", expectation);
        _json.WriteEndObject();
        _json.WriteBase64String("payload", payload);
        End(output);
    }

    /// <inheritdoc cref="BadRowType.GenericError"/>
    /// <param name="output">Where the row goes.</param>
    /// <param name="timestamp">When it failed.</param>
    /// <param name="error">What happened.</param>
    /// <param name="payload">The raw record, or a collector payload of the failed event alone.</param>
    public void GenericError(IBufferWriter<byte> output, DateTimeOffset timestamp, string error, ReadOnlySpan<byte> payload)
    {
        Begin(BadRowType.GenericError, timestamp);
        _json.WriteStartArray("errors");
        _json.WriteStringValue(error);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteBase64String("payload", payload);
        End(output);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    // Stops within "failure", behind its timestamp.
    private void Begin(BadRowType type, DateTimeOffset timestamp)
    {
        BeginData(type);
        _json.WriteStartObject("failure");
        _json.WriteString("timestamp", BadRowTime.Format(timestamp));
    }

    // Stops before "failure".
    private void BeginData(BadRowType type)
    {
        _row.ResetWrittenCount();
        _json.Reset(_row);
        _json.WriteStartObject();
        _json.WriteString("schema", type.SchemaUri);
        _json.WriteStartObject("data");
        _json.WriteStartObject("processor");
        _json.WriteString("artifact", _processor.Artifact);
        _json.WriteString("version", _processor.Version);
        _json.WriteEndObject();
    }

    private void End(IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        output.Write(_row.WrittenSpan);
        output.Write("\n"u8);
    }

    private void WriteMessages(IReadOnlyList<FailureMessage> messages)
    {
        _json.WriteStartArray("messages");
        foreach (var message in messages) message.Write(_json);
        _json.WriteEndArray();
    }

    private void WriteEnrichmentPayload(EnrichedEventBuilder enriched, RawEventPayload raw)
    {
        _json.WriteStartObject("payload");
        _json.WritePropertyName("enriched");
        PartiallyEnrichedJson.Write(_json, enriched);
        _json.WritePropertyName("raw");
        raw.Write(_json);
        _json.WriteEndObject();
    }
}
