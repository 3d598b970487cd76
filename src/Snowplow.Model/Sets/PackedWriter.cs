using System.Buffers.Binary;

namespace Snowplow.Model.Sets;

/// <summary>Writes numbers into a buffer that is large enough: 64 bits little-endian, or variable length (LEB128, zigzag).</summary>
internal ref struct PackedWriter(Span<byte> buffer)
{
    /// <summary>The most bytes that <see cref="WriteVarint"/> takes.</summary>
    public const int MaxVarint = 10;

    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    public void Write(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer[Length..], value);
        Length += 8;
    }

    public void WriteVarint(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 0x80; rest >>= 7) _buffer[Length++] = (byte)(rest | 0x80);
        _buffer[Length++] = (byte)rest;
    }
}
