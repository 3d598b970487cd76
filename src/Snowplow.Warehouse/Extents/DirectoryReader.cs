using System.Text;

namespace Snowplow.Warehouse.Extents;

/// <summary>Reads what a <see cref="DirectoryWriter"/> wrote. The bytes are covered by a checksum; what does not fit all the same is damage.</summary>
internal ref struct DirectoryReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <exception cref="InvalidDataException">There is no such number.</exception>
    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty) break;
            var next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("a number is cut off");
    }

    /// <exception cref="InvalidDataException">There is no such number.</exception>
    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number up to a limit.</summary>
    /// <exception cref="InvalidDataException">There is no such number.</exception>
    public int Count(int limit = int.MaxValue)
    {
        var value = Unsigned();
        return value <= (ulong)limit ? (int)value : throw new InvalidDataException($"{value} is above {limit}");
    }

    /// <exception cref="InvalidDataException">It is cut off.</exception>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <exception cref="InvalidDataException">They are cut off.</exception>
    public ReadOnlySpan<byte> Bytes()
    {
        var length = Count(_rest.Length);
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }
}
