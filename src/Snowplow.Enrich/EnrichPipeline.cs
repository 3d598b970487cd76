using System.Buffers;
using Snowplow.Enrich.Adapters;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Payloads;
using Snowplow.Events;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich;

/// <summary>
/// The stateless half of the platform: a raw record in, lines of enriched TSV and bad rows out. Each event of the record ends in
/// exactly one of the two, whatever its bytes are, unless a user's script drops it.
/// </summary>
/// <remarks>
/// Make one per partition: it reuses its buffers, so it is not thread-safe and calls must not overlap. The validator may be shared.
/// The path of a record: decode (<see cref="PayloadDecoder"/>) → adapt (<see cref="AdapterRegistry"/>) → per event: enrich
/// (<see cref="EventEnricher"/>) → write.
/// </remarks>
public sealed class EnrichPipeline : IDisposable
{
    // The most that one record's events may come to: each bad row repeats the request's headers and query string.
    private const int MaxOutputBytes = 64 << 20;

    // What size_violations say, as Snowplow's begin.
    private const string EventTooLarge = "event passed enrichment but then exceeded the maximum allowed size";
    private const string RequestTooLarge = "oversized collector payload: GET requests cannot be split";
    private const string BodyTooLarge = "oversized collector payload: one event alone is too large, or the body is no payload_data that could be split";

    private const string BodyCut = "oversized collector payload: one event alone is too large, or the body is no payload_data that could be split; its end is left out, as the raw stream takes no more";

    // Buffers beyond this are not kept for the next record.
    private const int KeptBytes = 1 << 20;

    private readonly EnrichOptions _options;
    private readonly TimeProvider _time;
    private readonly RawEvents _rawEvents = new();
    private readonly EventEnricher _enricher;
    private readonly BadRowWriter _badRows;
    private readonly FailedEvents _failedEvents;
    private ArrayBufferWriter<byte> _recordEnriched = new();
    private ArrayBufferWriter<byte> _recordBad = new();
    private ArrayBufferWriter<byte> _recordFailed = new();

    /// <summary>Builds the pipeline.</summary>
    /// <param name="options">What is configurable.</param>
    /// <param name="enrichments">What is done to each event; may be shared.</param>
    /// <param name="validator">Validates self-describing JSON.</param>
    /// <param name="time">The clock of <c>etl_tstamp</c> and of the bad rows' timestamps.</param>
    public EnrichPipeline(EnrichOptions options, EnrichmentSet enrichments, SelfDescribingValidator validator, TimeProvider time)
    {
        _options = options;
        _time = time;
        _enricher = new EventEnricher(options, enrichments, validator);
        _badRows = new BadRowWriter(options.Processor);
        _failedEvents = new FailedEvents(options);
    }

    /// <summary>Whether the configuration wants failed events beside the bad rows: <see cref="EnrichOptions.FailedEvents"/>.</summary>
    public bool WantsFailedEvents => _options.FailedEvents;

    /// <summary>Processes one raw record. Completes at once where the events' schemas are cached.</summary>
    /// <param name="raw">The record; arbitrary bytes are allowed.</param>
    /// <param name="enriched">Receives one line of enriched TSV for each good event.</param>
    /// <param name="badRows">Receives one line of JSON for each bad one.</param>
    /// <param name="cancellationToken">Ends waiting for schemas.</param>
    /// <returns>How many lines were written to each.</returns>
    /// <exception cref="OperationCanceledException">The outputs then hold nothing of the record.</exception>
    public ValueTask<EnrichCounts> ProcessAsync(
        RawPayload raw, IBufferWriter<byte> enriched, IBufferWriter<byte> badRows, CancellationToken cancellationToken) =>
        ProcessAsync(raw, enriched, badRows, failedEvents: null, cancellationToken);

    /// <inheritdoc cref="ProcessAsync(RawPayload, IBufferWriter{byte}, IBufferWriter{byte}, CancellationToken)"/>
    /// <param name="raw">The record; arbitrary bytes are allowed.</param>
    /// <param name="enriched">Receives one line of enriched TSV for each good event.</param>
    /// <param name="badRows">Receives one line of JSON for each bad one.</param>
    /// <param name="failedEvents">
    /// Receives a line of enriched TSV beside the bad row for an event with a schema violation or a failed enrichment: what was valid
    /// of it, and entities <c>failure</c> that tell what was not. Null where nobody wants them.
    /// </param>
    /// <param name="cancellationToken">Ends waiting for schemas.</param>
    public async ValueTask<EnrichCounts> ProcessAsync(
        RawPayload raw, IBufferWriter<byte> enriched, IBufferWriter<byte> badRows, IBufferWriter<byte>? failedEvents, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        _rawEvents.Clear();
        if (!TryTakeApart(raw, now, badRows, out var payload, out var api))
        {
            if (payload is not { IsForget: true }) return new EnrichCounts(0, 1);
            _enricher.WriteForget(payload, new EventPlace(raw.PayloadId, raw.Partition, raw.Position, 0), now, enriched);
            return new EnrichCounts(1, 0);
        }

        if (await EnrichEventsAsync(raw, payload, api, now, failedEvents is not null, cancellationToken) is not { } counts)
        {
            var tooMuch = $"a payload whose events, each with the request's headers and query string, come to at most {MaxOutputBytes} bytes";
            Refuse(badRows, now, AdapterRegistry.Find(api)!.FailureType, [new FieldMessage("body", $"{_rawEvents.Count} events", tooMuch)], payload, api);
            return new EnrichCounts(0, 1);
        }

        enriched.Write(_recordEnriched.WrittenSpan);
        badRows.Write(_recordBad.WrittenSpan);
        failedEvents?.Write(_recordFailed.WrittenSpan);
        EnrichMetrics.Good(counts.Good);
        EnrichMetrics.Dropped(counts.Dropped);
        EnrichMetrics.Failed(counts.Failed);
        return counts;
    }

    // Writes the events of the record at hand into _recordEnriched, _recordBad and, if wanted, _recordFailed; returns what became of
    // them, or null where they come to too much.
    private async ValueTask<EnrichCounts?> EnrichEventsAsync(
        RawPayload raw, CollectorPayload payload, ApiPath api, DateTimeOffset now, bool withFailed, CancellationToken cancellationToken)
    {
        _recordEnriched = _recordEnriched.Emptied(KeptBytes);
        _recordBad = _recordBad.Emptied(KeptBytes);
        _recordFailed = _recordFailed.Emptied(KeptBytes);
        var (bad, dropped, failed) = (0, 0, 0);
        for (var i = 0; i < _rawEvents.Count; i++)
        {
            // Failed events are no larger than their bad rows, about, and what becomes of a record must not depend on whether they are wanted.
            if (_recordEnriched.WrittenCount + _recordBad.WrittenCount > MaxOutputBytes) return null;
            if (_rawEvents[i].Failures is { } failures)
            {
                RefuseItem(_recordBad, now, payload, api, i, failures);
                bad++;
                continue;
            }

            try
            {
                var place = new EventPlace(raw.PayloadId, raw.Partition, raw.Position, i);
                var outcome = await _enricher.EnrichAsync(payload, _rawEvents, place, now, cancellationToken);
                if (outcome.IsDropped) dropped++;
                else if (!Write(outcome, _recordEnriched, _recordBad, now, payload, api, i))
                {
                    bad++;
                    if (withFailed && (outcome.Type == BadRowType.SchemaViolations || outcome.Type == BadRowType.EnrichmentFailures) && WriteFailed(now))
                        failed++;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Fail(_recordBad, now, e, Serialise(payload, i));
                bad++;
            }
        }

        return new EnrichCounts(_rawEvents.Count - bad - dropped, bad, dropped, failed);
    }

    /// <summary>Writes the bad row that stands for raw records which the stream lost before they were read.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="from">The first lost position.</param>
    /// <param name="upTo">The first position behind them.</param>
    /// <param name="badRows">Receives one line of JSON.</param>
    public void WriteLost(string partition, long from, long upTo, IBufferWriter<byte> badRows)
    {
        _badRows.GenericError(
            badRows, _time.GetUtcNow(), $"The raw stream lost the records [{from}, {upTo}) of partition {partition} before they were enriched.", []);
        EnrichMetrics.Bad(BadRowType.GenericError);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _badRows.Dispose();
        _failedEvents.Dispose();
        _enricher.Dispose();
    }

    // Fills _rawEvents; where the record as a whole is bad, writes its one bad row. False, with the payload, where it is no tracker's.
    private bool TryTakeApart(RawPayload raw, DateTimeOffset now, IBufferWriter<byte> badRows, out CollectorPayload payload, out ApiPath api)
    {
        (payload, api) = (null!, null!);
        try
        {
            if (!PayloadDecoder.TryDecode(raw.Thrift, _rawEvents, out var decoded, out var path, out var failure))
            {
                if (decoded is { IsForget: true } && ForgetEvent.IsWhole(decoded))
                {
                    payload = decoded;
                    return false;
                }

                if (decoded?.ExceededLimitBytes is { } limit)
                {
                    RefuseOversized(badRows, now, limit, decoded);
                    return false;
                }

                _badRows.CollectorPayloadFormatViolation(badRows, now, failure, raw.Thrift.Span);
                EnrichMetrics.Bad(BadRowType.CollectorPayloadFormatViolation);
                return false;
            }

            (payload, api) = (decoded, path);
            var adapter = AdapterRegistry.Find(path);
            var failures = adapter is null
                ? [new FieldMessage("vendor/version", $"{path.Vendor}/{path.Version}", "vendor/version combination is not supported")]
                : adapter.Adapt(decoded, _rawEvents);
            if (failures is null) return true;
            Refuse(badRows, now, adapter?.FailureType ?? BadRowType.AdapterFailures, failures, payload, api);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(badRows, now, e, raw.Thrift.Span);
            return false;
        }
    }

    // True where the event is good.
    private bool Write(
        EventOutcome outcome, IBufferWriter<byte> enriched, IBufferWriter<byte> badRows, DateTimeOffset now, CollectorPayload payload, ApiPath api, int index)
    {
        var e = _enricher.Event;
        switch (outcome.Type)
        {
            case null:
                e.Fields.WriteLine(enriched);
                return true;
            case var type when type == BadRowType.EnrichmentFailures:
                _badRows.EnrichmentFailures(badRows, now, e.Failures, e.Fields, RawPart(payload, api, index));
                break;
            case var type when type == BadRowType.SizeViolation:
                _badRows.SizeViolation(badRows, now, outcome.MaxBytes, e.Fields.LineSize, EventTooLarge, Serialise(payload, index));
                break;
            default:
                _badRows.SchemaViolations(badRows, now, outcome.Messages, e.Fields, RawPart(payload, api, index));
                break;
        }

        EnrichMetrics.Bad(outcome.Type);
        return false;
    }

    // The event has its bad row already, so nothing is lost where this fails.
    private bool WriteFailed(DateTimeOffset now)
    {
        try
        {
            return _failedEvents.Write(_enricher.Event, now, _recordFailed);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            EnrichMetrics.Exception(e);
            return false;
        }
    }

    private RawEventPayload RawPart(CollectorPayload payload, ApiPath api, int index) =>
        new(api.Vendor, api.Version, _rawEvents.Pairs(_rawEvents[index]), _rawEvents[index].Request ?? payload);

    // The bad row's payload is as it was before the collector marked it, so that its replay judges the events.
    private void RefuseOversized(IBufferWriter<byte> badRows, DateTimeOffset now, int limitBytes, CollectorPayload payload)
    {
        var thrift = Serialise(payload with { ExceededLimitBytes = null, CutFromBytes = null });
        var expectation = payload.CutFromBytes is not null ? BodyCut : payload.Body is null ? RequestTooLarge : BodyTooLarge;
        _badRows.SizeViolation(badRows, now, limitBytes, payload.CutFromBytes ?? thrift.Length, expectation, thrift);
        EnrichMetrics.Bad(BadRowType.SizeViolation);
    }

    private void RefuseItem(
        IBufferWriter<byte> badRows, DateTimeOffset now, CollectorPayload payload, ApiPath api, int index, IReadOnlyList<FailureMessage> failures) =>
        Refuse(badRows, now, AdapterRegistry.Find(api)!.FailureType, failures, _rawEvents.PayloadOf(_rawEvents[index], payload), api);

    private void Refuse(
        IBufferWriter<byte> badRows, DateTimeOffset now, BadRowType type, IReadOnlyList<FailureMessage> failures, CollectorPayload payload, ApiPath api)
    {
        var adapted = new AdaptedPayload(api.Vendor, api.Version, _rawEvents.QueryPairs(), payload.Body, payload);
        _badRows.AdapterFailures(badRows, type, now, failures, adapted);
        EnrichMetrics.Bad(type);
    }

    private void Fail(IBufferWriter<byte> badRows, DateTimeOffset now, Exception exception, ReadOnlySpan<byte> payload)
    {
        _badRows.GenericError(badRows, now, exception.ToString(), payload);
        EnrichMetrics.Bad(BadRowType.GenericError);
        EnrichMetrics.Exception(exception);
    }

    // A collector payload with this event alone, so that it can be replayed without the others.
    private ReadOnlySpan<byte> Serialise(CollectorPayload payload, int index) => Serialise(_rawEvents.PayloadOf(_rawEvents[index], payload));

    private static ReadOnlySpan<byte> Serialise(CollectorPayload payload)
    {
        var thrift = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(payload, thrift);
        return thrift.WrittenSpan;
    }
}
