using System.Buffers;
using Snowplow.Enrich;
using Snowplow.Events;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Landing;
using Snowplow.Streams;

namespace Snowplow.Grains.Partition;

/// <summary>Enriches raw records and lands them as one batch: the stateless half of a partition.</summary>
internal sealed class BatchLander(PartitionName partition, LandedLog log, PipelineServices services) : IDisposable
{
    // Bad rows repeat their request's headers, so what comes out may be many times what went in.
    private const int MaxOutputBytes = 32 << 20;

    // Buffers beyond this are not kept for the next batch.
    private const int KeptBytes = 4 << 20;

    private readonly EnrichLanes _enrich = new(services.Enrich);
    private DateTimeOffset _hour = DateTimeOffset.UnixEpoch;
    private ArrayBufferWriter<byte> _enriched = new();
    private ArrayBufferWriter<byte> _bad = new();
    private ArrayBufferWriter<byte> _failed = new();

    /// <summary>The enriched file that the log has come to.</summary>
    public string? File => log.File;

    /// <summary>The landed batch that begins at a position, or null where none has landed.</summary>
    public async ValueTask<Batch?> ReadAsync(long from, CancellationToken cancellationToken)
    {
        if (await log.ReadAsync(from, cancellationToken) is not { } landed) return null;
        _hour = landed.CollectorHour;
        var bad = services.Warehouse is null ? ReadOnlyMemory<byte>.Empty : await LandedFiles.ReadBadRowsIfThereAsync(services.Blobs, landed, cancellationToken);
        return new Batch(landed.From, landed.UpTo, landed.CollectorHour, landed.Events, bad, landed.Bad.Count);
    }

    /// <summary>
    /// Lands the records from a position on, as many as make a batch of bounded size. What the stream lost in between is recorded as
    /// a bad row and counted.
    /// </summary>
    /// <exception cref="LandingConflictException">Another activation landed a batch at this position.</exception>
    public async ValueTask<Batch> LandAsync(long from, IReadOnlyList<RawRecord> records, CancellationToken cancellationToken)
    {
        var (enriched, bad, failed) = (_enriched = _enriched.Emptied(KeptBytes), _bad = _bad.Emptied(KeptBytes), _failed = _failed.Emptied(KeptBytes));
        var counts = new EnrichCounts(0, 0);
        DateTimeOffset? oldest = null;
        var payloads = PayloadsOf(from, records);
        var (next, landed) = (from, 0);
        _enrich.Begin(payloads);
        try
        {
            for (; landed < payloads.Count && enriched.WrittenCount + bad.WrittenCount + failed.WrittenCount <= MaxOutputBytes; landed++)
            {
                var payload = payloads[landed];
                if (payload.Position > next) counts += RecordGap(next, payload.Position, bad);
                oldest ??= ReceivedAt(payload);
                counts += await _enrich.ProcessAsync(landed, enriched, bad, _enrich.WantsFailedEvents ? failed : null, cancellationToken);
                next = payload.Position + 1;
            }
        }
        finally
        {
            await _enrich.SettleAsync();
        }

        // The hour comes from the raw records alone, so that every attempt at this position names the same file.
        if (oldest is { } received) _hour = new DateTimeOffset(received.Year, received.Month, received.Day, received.Hour, 0, 0, TimeSpan.Zero);
        await log.LandAsync(
            from, next, _hour, new BatchLines(enriched.WrittenMemory, counts.Good), new BatchLines(bad.WrittenMemory, counts.Bad),
            new BatchLines(failed.WrittenMemory, counts.Failed), cancellationToken);
        PipelineMetrics.Landed(partition, landed, counts, services.Time.GetUtcNow() - (oldest ?? services.Time.GetUtcNow()));

        // The batch has memory of its own: grains that time out, the warehouse and the live feed may read it long after the next one has begun.
        return new Batch(from, next, _hour, EnrichedBatch.Parse(enriched.WrittenSpan.ToArray()), bad.WrittenSpan.ToArray(), counts.Bad);
    }

    /// <summary>Releases the pipelines; nothing may be landing.</summary>
    public void Dispose() => _enrich.Dispose();

    // Each position once, in ascending order.
    private List<RawPayload> PayloadsOf(long from, IReadOnlyList<RawRecord> records)
    {
        var payloads = new List<RawPayload>(records.Count);
        var (name, next) = (partition.ToString(), from);
        foreach (var record in records)
        {
            if (record.Position < next) continue;
            payloads.Add(new RawPayload(record.PayloadId, name, record.Position, record.Payload));
            next = record.Position + 1;
        }

        return payloads;
    }

    private EnrichCounts RecordGap(long from, long upTo, ArrayBufferWriter<byte> bad)
    {
        PipelineMetrics.Lost(partition, upTo - from);
        _enrich.WriteLost(partition.ToString(), from, upTo, bad);
        return new EnrichCounts(0, 1);
    }

    private static DateTimeOffset? ReceivedAt(RawPayload raw) =>
        CollectorPayloadReader.TryRead(raw.Thrift, out var payload, out _) && EventTime.IsInRange(payload.TimestampMs)
            ? DateTimeOffset.FromUnixTimeMilliseconds(payload.TimestampMs)
            : null;
}
