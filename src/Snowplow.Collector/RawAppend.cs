using Microsoft.Extensions.Options;
using Snowplow.Collector.Requests;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Snowplow.Streams;

namespace Snowplow.Collector;

/// <summary>Stores payloads in the raw stream, those that are too large in parts, or marked as such.</summary>
internal sealed class RawAppend(IOptions<CollectorOptions> options, IRawStream stream, CollectorMetrics metrics, TimeProvider time)
{
    private const int PayloadOverhead = 4 << 10;

    private readonly int _maxPayloadBytes = options.Value.MaxPayloadBytes;

    /// <summary>Stores a payload; false if it is not, or not certainly, stored whole.</summary>
    public async ValueTask<bool> TryAppendAsync(CollectorPayload payload, Visitor visitor)
    {
        var key = PartitionKey.Of(
            payload.Querystring, payload.Body.GetValueOrDefault().Span, visitor.Id.IsFromClient ? visitor.Id.Value : null, visitor.Address, visitor.UserAgent);
        var id = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(payload.TimestampMs));
        int size;
        using (var thrift = Serialise(payload))
        {
            size = thrift.Length;
            if (size <= _maxPayloadBytes) return await TryAppendAsync(key, id, thrift).ConfigureAwait(false);
        }

        // One after the other, for the order; all ids follow from the first.
        var part = 0;
        foreach (var piece in PayloadParts.Split(payload, size, _maxPayloadBytes))
        {
            using var thrift = SerialisePart(piece);
            if (!await TryAppendAsync(key, part == 0 ? id : EventId.FromPayload(id, -part), thrift).ConfigureAwait(false)) return false;
            part++;
        }

        return true;
    }

    // A part that is too large all the same says so: the pipeline makes a bad row of it, since only it writes such.
    private PooledBuffer SerialisePart(CollectorPayload part)
    {
        var thrift = Serialise(part);
        if (thrift.Length <= _maxPayloadBytes) return thrift;
        thrift.Dispose();
        return Serialise(part with { ExceededLimitBytes = _maxPayloadBytes });
    }

    private static PooledBuffer Serialise(CollectorPayload payload)
    {
        var thrift = new PooledBuffer(payload.Body.GetValueOrDefault().Length + PayloadOverhead);
        CollectorPayloadWriter.Write(payload, thrift);
        return thrift;
    }

    private async ValueTask<bool> TryAppendAsync(string key, Guid id, PooledBuffer thrift)
    {
        var started = time.GetTimestamp();
        try
        {
            // The payload is whole, so it is stored even if the client leaves now: no token, and the buffer stays ours.
            await stream.AppendAsync(key, id, thrift.Written, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RawStreamUnavailableException)
        {
            // The stream logs why and shows it as its Problem; here each refusal is counted.
            return false;
        }

        metrics.Stored(thrift.Length, time.GetElapsedTime(started));
        return true;
    }
}
