using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Values of fixed size as bytes: integers and ticks in eight, reals as their bits, decimals and guids in sixteen.</summary>
internal static class ValueBytes
{
    /// <summary>The bytes of a value.</summary>
    public static byte[] Of(object value) => value switch
    {
        decimal number => MemoryMarshal.AsBytes(decimal.GetBits(number).AsSpan()).ToArray(),
        Guid guid => guid.ToByteArray(bigEndian: true),
        double real => BitConverter.GetBytes(BitConverter.DoubleToInt64Bits(real)),
        _ => BitConverter.GetBytes(Int64(value) ?? throw new ArgumentException($"{value.GetType()} is no type of a column.", nameof(value))),
    };

    /// <summary>The value of bytes.</summary>
    /// <exception cref="InvalidDataException">They are none of the type.</exception>
    public static object Read(KqlType type, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != (type is KqlType.Decimal or KqlType.Guid ? 16 : 8)) throw new InvalidDataException($"a {type.Name()} of {bytes.Length} bytes");
        if (type == KqlType.Decimal) return new decimal(MemoryMarshal.Cast<byte, int>(bytes));
        if (type == KqlType.Guid) return new Guid(bytes, bigEndian: true);
        var integer = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return type == KqlType.Real ? BitConverter.Int64BitsToDouble(integer) : Boxed(type, integer);
    }

    /// <summary>The integer of a bool, int, long, datetime or timespan; null for all else.</summary>
    public static long? Int64(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        int number => number,
        long number => number,
        DateTime time => time.Ticks,
        TimeSpan span => span.Ticks,
        _ => null,
    };

    /// <summary>The value of a type whose integer it is.</summary>
    public static object Boxed(KqlType type, long integer) => type switch
    {
        KqlType.Bool => integer != 0,
        KqlType.Int => (int)integer,
        KqlType.DateTime => new DateTime(integer, DateTimeKind.Utc),
        KqlType.TimeSpan => new TimeSpan(integer),
        _ => integer,
    };
}
