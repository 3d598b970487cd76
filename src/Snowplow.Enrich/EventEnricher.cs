using System.Buffers;
using System.Text;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Entities;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Parameters;
using Snowplow.Enrich.Payloads;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich;

/// <summary>
/// One raw event to one enriched event: fields of the request, parameters, contexts and self-describing event, enrichments in
/// order, limits. All steps run even where one found a fault, so that a bad row tells all of them. Not thread-safe.
/// </summary>
internal sealed class EventEnricher : IDisposable
{
    private readonly EnrichOptions _options;
    private readonly FieldLimits _limits;
    private readonly byte[] _vEtl;
    private readonly ParameterMapper _mapper = new();
    private readonly SelfDescribingColumns _selfDescribing;
    private readonly DerivedContextsCheck _derivedContexts;
    private readonly IEnrichmentStep[] _enrichments;

    /// <summary>Builds the steps.</summary>
    public EventEnricher(EnrichOptions options, EnrichmentSet enrichments, SelfDescribingValidator validator)
    {
        _options = options;
        _limits = new FieldLimits(options);
        _vEtl = Encoding.UTF8.GetBytes($"{options.Processor.Artifact}-{options.Processor.Version}");
        _selfDescribing = new SelfDescribingColumns(validator);
        _derivedContexts = new DerivedContextsCheck(validator);
        _enrichments = enrichments.CreateSteps();
    }

    /// <summary>The event last enriched, valid until the next one.</summary>
    public EventInProgress Event { get; } = new();

    /// <summary>Enriches one event into <see cref="Event"/>.</summary>
    public async ValueTask<EventOutcome> EnrichAsync(
        CollectorPayload payload, RawEvents rawEvents, EventPlace place, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var raw = rawEvents[place.Index];
        Event.Begin(raw.Request ?? payload, rawEvents, raw);
        SetRequestFields(now);
        _mapper.Map(Event);
        if (Event.Fields[EventField.EventId].IsEmpty) SetEventId(place);
        await _selfDescribing.FillAsync(Event, cancellationToken);
        Event.CloseParameters();
        foreach (var enrichment in _enrichments)
        {
            await enrichment.EnrichAsync(Event, cancellationToken);
            if (Event.IsDropped) return EventOutcome.Dropped;
        }

        await _derivedContexts.CloseAsync(Event, cancellationToken);
        return Judge();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var enrichment in _enrichments.OfType<IDisposable>()) enrichment.Dispose();
        Event.Dispose();
    }

    // Only the first kind of fault is reported, in Snowplow's order: input, enrichments, result.
    private EventOutcome Judge()
    {
        var lengths = _limits.Check(Event.Fields);
        var isAccepted = lengths is not null && _options.OverlongText == OverlongText.Accept;
        if (lengths is not null && !isAccepted) Event.OutputViolations.Insert(0, lengths);
        if (Event.InputViolations.Count > 0) return new EventOutcome(BadRowType.SchemaViolations, Event.InputViolations, 0);
        if (Event.Failures.Count > 0) return new EventOutcome(BadRowType.EnrichmentFailures, [], 0);
        if (Event.OutputViolations.Count > 0) return new EventOutcome(BadRowType.SchemaViolations, Event.OutputViolations, 0);
        if (Event.Fields.LineSize > _options.MaxEventBytes) return new EventOutcome(BadRowType.SizeViolation, [], _options.MaxEventBytes);
        if (isAccepted) EnrichMetrics.InvalidAccepted();
        return EventOutcome.Good;
    }

    /// <summary>Writes the event of a record that asks to forget a person; it is not a tracker's, so nothing is judged or added.</summary>
    public void WriteForget(CollectorPayload payload, EventPlace place, DateTimeOffset now, IBufferWriter<byte> output)
    {
        var fields = Event.Fields;
        fields.Clear();
        fields.SetTimestamp(EventField.EtlTstamp, now);
        fields.SetTimestamp(EventField.CollectorTstamp, DateTimeOffset.FromUnixTimeMilliseconds(payload.TimestampMs));
        fields.SetTimestamp(EventField.DerivedTstamp, DateTimeOffset.FromUnixTimeMilliseconds(payload.TimestampMs));
        fields.SetText(EventField.VEtl, _vEtl);
        fields.SetText(EventField.VCollector, payload.Collector);
        SetEventId(place);
        ForgetEvent.Fill(fields, payload.Body.GetValueOrDefault().Span);
        fields.WriteLine(output);
    }

    private void SetRequestFields(DateTimeOffset now)
    {
        var fields = Event.Fields;
        var request = Event.Request;
        fields.SetTimestamp(EventField.EtlTstamp, now);
        fields.SetText(EventField.VEtl, _vEtl);
        fields.SetText(EventField.VCollector, request.Collector);
        fields.SetText(EventField.NetworkUserid, request.NetworkUserId);
        fields.SetText(EventField.Useragent, request.UserAgent);
        SetIpAddress(request.IpAddress);
        if (EventTime.IsInRange(request.TimestampMs))
            fields.SetTimestamp(EventField.CollectorTstamp, DateTimeOffset.FromUnixTimeMilliseconds(request.TimestampMs));
        else
            Event.RefuseParameter("collector_tstamp", "The year must be 1 to 9999");
    }

    private void SetIpAddress(string? address)
    {
        Event.Fields.SetText(EventField.UserIpaddress, address);
        var text = Event.Fields[EventField.UserIpaddress];
        var trimmed = IpAddressText.Trim(text);
        if (trimmed.Length != text.Length) Event.Fields.SetClean(EventField.UserIpaddress, trimmed);
    }

    private void SetEventId(EventPlace place)
    {
        Span<byte> id = stackalloc byte[36];
        place.ToEventId().TryFormat(id, out _);
        Event.Fields.SetClean(EventField.EventId, id);
    }
}
