using Microsoft.Extensions.Options;
using Snowplow.Collector.Requests;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Snowplow.Streams;

namespace Snowplow.Collector;

/// <summary>Stores payloads in the raw stream, those that are too large in parts, or marked as such.</summary>
internal sealed class RawAppend
{
    private const int PayloadOverhead = 4 << 10;

    private readonly IRawStream _stream;
    private readonly CollectorMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly int _maxPayloadBytes;

    /// <summary>Checks that the stream takes what the options let through.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public RawAppend(IOptions<CollectorOptions> options, IRawStream stream, CollectorMetrics metrics, TimeProvider time)
    {
        (_stream, _metrics, _time, _maxPayloadBytes) = (stream, metrics, time, options.Value.MaxPayloadBytes);
        var most = stream.MaxPayloadSizeBytes;
        if (_maxPayloadBytes > most)
            throw new InvalidOperationException($"{Setting(nameof(CollectorOptions.MaxPayloadBytes))} is {_maxPayloadBytes}, and the raw stream takes payloads of at most {most} bytes: set it to that or less");
        // What can be left out is the body. Of the rest the longest is in a payload twice (a header of its own field), and each byte of it
        // may have become two, or three in a redirect's target.
        if (4L * (options.Value.MaxRequestLineBytes + options.Value.MaxHeadersBytes) + PayloadOverhead > most)
            throw new InvalidOperationException(
                $"{Setting(nameof(CollectorOptions.MaxRequestLineBytes))} and {Setting(nameof(CollectorOptions.MaxHeadersBytes))} together must be at most {(most - PayloadOverhead) / 4}, since the raw stream takes payloads of at most {most} bytes");
    }

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

    // A part that is too large all the same says so: the pipeline makes a bad row of it, since only it writes such. What the stream does
    // not take at all goes without its end: the client would send it again for ever.
    private PooledBuffer SerialisePart(CollectorPayload part)
    {
        var thrift = Serialise(part);
        var size = thrift.Length;
        if (size <= _maxPayloadBytes) return thrift;
        thrift.Dispose();
        var marked = part with { ExceededLimitBytes = _maxPayloadBytes };
        thrift = Serialise(marked);
        if (thrift.Length <= _stream.MaxPayloadSizeBytes) return thrift;
        thrift.Dispose();
        marked = marked with { CutFromBytes = size };
        using var whole = Serialise(marked);
        return Serialise(marked with { Body = part.Body!.Value[..^(whole.Length - _stream.MaxPayloadSizeBytes)] });
    }

    private static string Setting(string name) => $"{CollectorOptions.Section}:{name}";

    private static PooledBuffer Serialise(CollectorPayload payload)
    {
        var thrift = new PooledBuffer(payload.Body.GetValueOrDefault().Length + PayloadOverhead);
        CollectorPayloadWriter.Write(payload, thrift);
        return thrift;
    }

    private async ValueTask<bool> TryAppendAsync(string key, Guid id, PooledBuffer thrift)
    {
        var started = _time.GetTimestamp();
        try
        {
            // The payload is whole, so it is stored even if the client leaves now: no token, and the buffer stays ours.
            await _stream.AppendAsync(key, id, thrift.Written, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RawStreamUnavailableException)
        {
            // The stream logs why and shows it as its Problem; here each refusal is counted.
            return false;
        }

        _metrics.Stored(thrift.Length, _time.GetElapsedTime(started));
        return true;
    }
}
