using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich;

/// <summary>
/// Writes failed events (formerly: incomplete): those that became bad rows for a schema violation or a failed enrichment, as lines
/// of enriched TSV of what was valid of them. An entity <c>failure</c> for each fault stands before the other derived contexts.
/// Keeps its buffers; not thread-safe.
/// </summary>
internal sealed class FailedEvents(EnrichOptions options) : IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // A line without one of these is no event to any reader. The other two that each needs, event_id and v_etl, are always there.
    private static readonly EventField[] Needed = [EventField.CollectorTstamp, EventField.VCollector];

    private readonly FieldLimits _limits = new(options);
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, WriterOptions);

    /// <summary>
    /// Writes an event, which is changed by it. One over the limit of size, or without what makes a line an event, is left out and
    /// counted: its bad row holds it whole.
    /// </summary>
    /// <returns>Whether a line was written.</returns>
    public bool Write(EventInProgress e, DateTimeOffset now, IBufferWriter<byte> output)
    {
        if (Array.Exists(Needed, field => e.Fields[field].IsEmpty)) return LeftOut("incomplete");
        var entity = new FailureEntity(now, options.Processor);
        foreach (var violation in Enumerable.Reverse(e.OutputViolations)) Prepend(e, json => entity.Write(json, violation));
        foreach (var failure in Enumerable.Reverse(e.Failures)) Prepend(e, json => entity.Write(json, failure));
        foreach (var violation in Enumerable.Reverse(e.InputViolations)) Prepend(e, json => entity.Write(json, violation));
        _limits.Unset(e.Fields);
        e.DerivedContexts.WriteTo(e.Fields);
        if (e.Fields.LineSize > options.MaxEventBytes) return LeftOut("too_large");
        e.Fields.WriteLine(output);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private static bool LeftOut(string reason)
    {
        EnrichMetrics.FailedLeftOut(reason);
        return false;
    }

    private void Prepend(EventInProgress e, Action<Utf8JsonWriter> write)
    {
        _data.ResetWrittenCount();
        _json.Reset(_data);
        write(_json);
        _json.Flush();
        e.DerivedContexts.Prepend(FailureEntity.SchemaUri, _data.WrittenSpan);
    }
}
