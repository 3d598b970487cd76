using System.Buffers;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Payloads;
using Snowplow.Events;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Entities;

/// <summary>
/// Decodes, validates and writes the self-describing JSON of an event: <c>contexts</c> and <c>unstruct_event</c>. What is valid goes into
/// the column, compact and under the schema that it was validated with; what is not becomes a violation. Reuses its buffers; not thread-safe.
/// </summary>
internal sealed class SelfDescribingColumns(SelfDescribingValidator validator)
{
    private static readonly SchemaCriterion Contexts = SchemaCriterion.Parse("iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-*");
    private static readonly SchemaCriterion UnstructEvent = SchemaCriterion.Parse("iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-*");

    private readonly List<SelfDescribingOutcome> _items = [];
    private readonly ArrayBufferWriter<byte> _column = new(4096);
    private byte[] _decoded = new byte[4096];

    /// <summary>Fills both columns of an event. Completes at once where the schemas are cached.</summary>
    public async ValueTask FillAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        if (e.Contexts is { } contexts && Decode(e, contexts, EventField.Contexts) is { } list) await FillContextsAsync(e, list, cancellationToken);
        if (e.UnstructEvent is { } unstruct && Decode(e, unstruct, EventField.UnstructEvent) is { } json)
            await FillUnstructEventAsync(e, json, cancellationToken);
    }

    /// <summary>Fills <c>contexts</c> from self-describing JSON.</summary>
    public async ValueTask FillContextsAsync(EventInProgress e, ReadOnlyMemory<byte> list, CancellationToken cancellationToken)
    {
        var outcome = await validator.ValidateNestedListAsync(list, Contexts, _items, cancellationToken);
        if (outcome.IsValid) WriteContexts(e, list);
        else Refuse(e, outcome, EventField.Contexts, list);
    }

    /// <summary>Fills <c>unstruct_event</c> from self-describing JSON.</summary>
    public async ValueTask FillUnstructEventAsync(EventInProgress e, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var inner = await validator.ValidateNestedAsync(json, UnstructEvent, cancellationToken);
        if (inner.IsValid) WriteUnstructEvent(e, inner);
        else Refuse(e, inner, EventField.UnstructEvent, json);
    }

    // Null where the parameter is not the base64 that it should be, which is noted.
    private ReadOnlyMemory<byte>? Decode(EventInProgress e, RawJson raw, EventField field)
    {
        var value = e.RawEvents.ValueMemory(raw.Parameter);
        if (!raw.IsBase64) return value;
        if (Base64Text.TryDecode(value.Span, ref _decoded, out var decoded)) return decoded;
        e.InputViolations.Add(IgluMessages.NotJson(field, value.Span, "the text is not base64"));
        return null;
    }

    private void WriteContexts(EventInProgress e, ReadOnlyMemory<byte> json)
    {
        _column.ResetWrittenCount();
        foreach (var item in _items)
        {
            if (!item.IsValid)
            {
                Refuse(e, item, EventField.Contexts, json);
                continue;
            }

            _column.Write(_column.WrittenCount == 0
                ? """{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":["""u8
                : ","u8);
            WriteEntity(e, item);
        }

        if (_column.WrittenCount == 0) return;
        _column.Write("]}"u8);
        e.Fields.SetClean(EventField.Contexts, _column.WrittenSpan);
    }

    private void WriteUnstructEvent(EventInProgress e, SelfDescribingOutcome inner)
    {
        _column.ResetWrittenCount();
        _column.Write("""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":"""u8);
        WriteEntity(e, inner);
        _column.Write("}"u8);
        e.Fields.SetClean(EventField.UnstructEvent, _column.WrittenSpan);
        e.SelfDescribingEventSchema = inner.Key;
    }

    private void WriteEntity(EventInProgress e, SelfDescribingOutcome entity)
    {
        if (entity.Superseded is { } named) e.NoteSuperseded(named, entity.Key!);
        _column.Write("{\"schema\":\""u8);
        _column.Write(entity.Key!.Utf8Uri);
        _column.Write("\",\"data\":"u8);
        JsonText.WriteCompact(entity.Data.Span, _column);
        _column.Write("}"u8);
    }

    private static void Refuse(EventInProgress e, SelfDescribingOutcome failed, EventField field, ReadOnlyMemory<byte> json) =>
        e.InputViolations.Add(IgluMessages.Of(failed, field, json));
}
