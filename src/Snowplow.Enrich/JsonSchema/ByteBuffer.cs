using System.Buffers;
using System.Buffers.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>A growing byte array from the shared pool, given back on dispose.</summary>
internal ref struct ByteBuffer
{
    private byte[] _bytes;

    /// <summary>Rents an array of at least this many bytes.</summary>
    public ByteBuffer(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The array that holds the bytes now; the next append may replace it.</summary>
    public readonly byte[] Array => _bytes;

    /// <summary>The bytes written.</summary>
    public readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void Append(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        Length += written;
    }

    /// <summary>Free space of at least this many bytes; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
}
