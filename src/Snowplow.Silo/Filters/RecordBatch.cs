using System.Buffers;

namespace Snowplow.Silo.Filters;

/// <summary>Whole records that lay next to each other in an input, with what frames them.</summary>
/// <param name="buffer">From the shared pool; the batch owns it.</param>
/// <param name="length">Bytes of the buffer that count.</param>
/// <param name="first">The number of the first record in the input, counted from 0.</param>
internal sealed class RecordBatch(byte[] buffer, int length, long first) : IDisposable
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>The number of the first record in the input, counted from 0.</summary>
    public long First { get; } = first;

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
