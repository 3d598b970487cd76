using System.Buffers.Binary;

namespace Snowplow.Enrich.Mmdb;

/// <summary>One value of a data section, decoded as far as its header.</summary>
/// <param name="Type">Its type; never a pointer.</param>
/// <param name="Start">Where its content begins in the section.</param>
/// <param name="Size">Bytes of its content; entries of a map or array; the value itself of a boolean.</param>
internal readonly record struct MmdbValue(MmdbType Type, int Start, int Size)
{
    /// <summary>The UTF-8 of a text; empty for any other type.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> data) => Type == MmdbType.Text ? data.Slice(Start, Size) : default;

    /// <summary>The number of a double or float; null for any other type.</summary>
    public double? Number(ReadOnlySpan<byte> data) => Type switch
    {
        MmdbType.Double => BinaryPrimitives.ReadDoubleBigEndian(data.Slice(Start, 8)),
        MmdbType.Float => BinaryPrimitives.ReadSingleBigEndian(data.Slice(Start, 4)),
        _ => null,
    };

    /// <summary>The number of an unsigned integer of up to 64 bits; null for any other type.</summary>
    public ulong? Unsigned(ReadOnlySpan<byte> data)
    {
        if (Type is not (MmdbType.UInt16 or MmdbType.UInt32 or MmdbType.UInt64)) return null;
        ulong number = 0;
        foreach (var b in data.Slice(Start, Size)) number = (number << 8) | b;
        return number;
    }
}
