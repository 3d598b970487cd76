using System.Buffers.Binary;
using System.Text.Json;

namespace Snowplow.Model.Sets;

/// <summary>Reads what <see cref="PackedWriter"/> wrote.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _bytes = bytes;

    public readonly bool IsAtEnd => _bytes.IsEmpty;

    public ulong Read()
    {
        if (_bytes.Length < 8) throw Truncated();
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_bytes);
        _bytes = _bytes[8..];
        return value;
    }

    public long ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_bytes.IsEmpty) throw Truncated();
            var b = _bytes[0];
            _bytes = _bytes[1..];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw new JsonException("A packed number of a state is longer than 64 bits.");
    }

    private static JsonException Truncated() => new("A packed set of a state ends within a number.");
}
