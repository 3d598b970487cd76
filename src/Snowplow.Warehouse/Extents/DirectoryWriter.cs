using System.Buffers;
using System.Text;

namespace Snowplow.Warehouse.Extents;

/// <summary>Writes the small numbers that say where things are: unsigned ones seven bits a byte, the lowest first; signed ones in zigzag.</summary>
internal sealed class DirectoryWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Unsigned(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _bytes.Advance(length);
    }

    /// <summary>Adds all that another one holds.</summary>
    public void Append(DirectoryWriter other) => _bytes.Write(other.Written);

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string text)
    {
        Unsigned((ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _bytes);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Unsigned((ulong)bytes.Length);
        _bytes.Write(bytes);
    }
}
