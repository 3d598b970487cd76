using System.Buffers.Binary;
using System.Text;

namespace Snowplow.Silo.Tests.Metrics.Otlp;

/// <summary>A field of a message in the wire format of protocol buffers.</summary>
/// <param name="Number">Which field of the message.</param>
/// <param name="Bits">A number's bits; 0 for what has bytes.</param>
/// <param name="Bytes">A message, text or packed list; empty for numbers.</param>
internal readonly record struct ProtobufField(int Number, ulong Bits, ReadOnlyMemory<byte> Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public double Real => BitConverter.UInt64BitsToDouble(Bits);

    /// <summary>The fields of the message that this one holds.</summary>
    public IEnumerable<ProtobufField> Fields => Read(Bytes);

    /// <summary>The numbers of a packed list of eight bytes each.</summary>
    public IEnumerable<double> PackedReals
    {
        get
        {
            for (var rest = Bytes; rest.Length >= sizeof(double); rest = rest[sizeof(double)..])
                yield return BinaryPrimitives.ReadDoubleLittleEndian(rest.Span);
        }
    }

    /// <summary>The fields of a message, in the order in which they were written.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static IEnumerable<ProtobufField> Read(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var number = (int)(tag >> 3);
            yield return (tag & 7) switch
            {
                0 => new(number, Varint(ref message), default),
                1 => new(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, sizeof(ulong)).Span), default),
                2 => new(number, 0, Take(ref message, (int)Varint(ref message))),
                5 => new(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, sizeof(uint)).Span), default),
                var type => throw new InvalidDataException($"Field {number} is of the unknown wire type {type}."),
            };
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> message, int length)
    {
        if (length < 0 || length > message.Length) throw new InvalidDataException($"{length} bytes are told and {message.Length} are there.");
        var taken = message[..length];
        message = message[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(ref message, 1).Span[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        throw new InvalidDataException("A number has no end.");
    }
}
