using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Payloads;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Adapters;

/// <summary>
/// Tracker protocol 2: a POST of self-describing <c>payload_data</c> with any number of events, or one event in the query
/// string of a GET. The query string's parameters hold for every event and win over the body's.
/// </summary>
/// <remarks>
/// Differences from Snowplow's enrich, all in favour of keeping events:
/// <list type="bullet">
/// <item>An item that breaks the schema fails alone, with a bad row that holds it alone; there the whole POST fails.</item>
/// <item>The content type may be <c>application/json</c> with any parameters, case and spacing, <c>text/plain</c> (all that
/// <c>navigator.sendBeacon</c> may send across origins), or missing; there it must be one of three exact strings.</item>
/// </list>
/// </remarks>
internal sealed class Tp2Adapter : IAdapter
{
    private static readonly SchemaCriterion Criterion = SchemaCriterion.Parse("iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-*");

    /// <inheritdoc/>
    public string Vendor => ApiPath.TrackerPost.Vendor;

    /// <inheritdoc/>
    public string Version => ApiPath.TrackerPost.Version;

    /// <inheritdoc/>
    public BadRowType FailureType => BadRowType.TrackerProtocolViolations;

    /// <inheritdoc/>
    public IReadOnlyList<FailureMessage>? Adapt(CollectorPayload payload, RawEvents events)
    {
        if (payload.ContentType is { } contentType && !(MediaType.Is(contentType, MediaType.Json) || MediaType.Is(contentType, "text/plain")))
            return [new FieldMessage("contentType", contentType, "must be application/json or text/plain")];
        if (payload.Body is { } body) return AdaptBody(body, events);
        if (payload.ContentType is not null)
            return [new FieldMessage("body", null, "must not be empty where a content type is given")];
        if (events.QueryCount == 0)
            return [new FieldMessage("body", null, "body and query string are both empty: one of them must hold an event")];
        events.AddQueryEvent();
        return null;
    }

    private static IReadOnlyList<FailureMessage>? AdaptBody(ReadOnlyMemory<byte> body, RawEvents events)
    {
        var failure = Read(body, events);
        if (failure is null) return null;
        events.ClearEvents();
        return [failure];
    }

    private static FailureMessage? Read(ReadOnlyMemory<byte> body, RawEvents events)
    {
        PayloadDataEnvelope envelope;
        try
        {
            envelope = PayloadDataReader.Read(body.Span, events);
        }
        catch (JsonException e)
        {
            return new NotJsonMessage("body", Encoding.UTF8.GetString(body.Span), e.Message);
        }

        if (envelope.Schema is null || !envelope.HasData) return new NotIgluMessage(body.ToArray(), NotIgluReason.InvalidDataPayload);
        if (PayloadDataSchema.Find(envelope.Schema) is not { } schema)
        {
            return SchemaKey.TryParse(envelope.Schema, out var key)
                ? new CriterionMismatchMessage(key, Criterion)
                : new NotIgluMessage(body.ToArray(), NotIgluReason.InvalidIgluUri);
        }

        if (!envelope.IsArray) return schema.Violation(new DataReport("$: array expected", "$", "type", ["array"]));
        if (envelope.HasTooMany)
            return schema.Violation(new DataReport($"$: at most {RawEvents.MaxCount} events in one payload", "$", "maxItems", []));
        if (events.Count == 0) return schema.Violation(new DataReport("$: at least one event expected", "$", "minItems", ["1"]));
        schema.CheckItems(events);
        return null;
    }
}
