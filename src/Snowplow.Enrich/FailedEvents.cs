using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich;

/// <summary>
/// Writes failed events (formerly: incomplete): those that became bad rows for a schema violation or a failed enrichment, as lines
/// of enriched TSV of what was valid of them. An entity <c>failure</c> for each fault stands before the other derived contexts.
/// Keeps its buffers; not thread-safe.
/// </summary>
internal sealed class FailedEvents(EnrichOptions options) : IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly FieldLimits _limits = new(options);
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, WriterOptions);

    /// <summary>Writes an event, which is changed by it. One over the limit of size is left out, as its bad row holds it whole.</summary>
    public void Write(EventInProgress e, DateTimeOffset now, IBufferWriter<byte> output)
    {
        var entity = new FailureEntity(now, options.Processor);
        foreach (var violation in Enumerable.Reverse(e.OutputViolations)) Prepend(e, json => entity.Write(json, violation));
        foreach (var failure in Enumerable.Reverse(e.Failures)) Prepend(e, json => entity.Write(json, failure));
        foreach (var violation in Enumerable.Reverse(e.InputViolations)) Prepend(e, json => entity.Write(json, violation));
        _limits.Unset(e.Fields);
        e.DerivedContexts.WriteTo(e.Fields);
        if (e.Fields.LineSize > options.MaxEventBytes)
        {
            EnrichMetrics.FailedTooLarge();
            return;
        }

        e.Fields.WriteLine(output);
        EnrichMetrics.Failed();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Prepend(EventInProgress e, Action<Utf8JsonWriter> write)
    {
        _data.ResetWrittenCount();
        _json.Reset(_data);
        write(_json);
        _json.Flush();
        e.DerivedContexts.Prepend(FailureEntity.SchemaUri, _data.WrittenSpan);
    }
}
