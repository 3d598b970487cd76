using Snowplow.Collector.Responses;
using Snowplow.Streams;

namespace Snowplow.Collector.Requests;

/// <summary>A body as it arrives, bounded in itself and by what all requests together may hold.</summary>
/// <param name="capacity">Bytes to expect.</param>
/// <param name="limit">Bytes that the body may have.</param>
/// <param name="held">What all requests together may hold.</param>
internal sealed class BodyBuffer(int capacity, int limit, ByteBudget held) : IDisposable
{
    // A body is held twice: here and in the payload that is made of it.
    private const int Copies = 2;

    private readonly PooledBuffer _buffer = new(capacity);

    /// <summary>What has arrived.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.Written;

    /// <summary>Takes a part of the body; null if it was taken.</summary>
    public Rejection? Append(ReadOnlySpan<byte> part)
    {
        if (part.Length > limit - _buffer.Length) return Rejection.TooLarge;
        if (!held.TryTake(Copies * (long)part.Length)) return Rejection.Overloaded;
        part.CopyTo(_buffer.GetSpan(part.Length));
        _buffer.Advance(part.Length);
        return null;
    }

    public void Dispose()
    {
        held.Return(Copies * (long)_buffer.Length);
        _buffer.Dispose();
    }
}
