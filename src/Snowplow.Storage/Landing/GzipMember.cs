using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Snowplow.Storage.Landing;

/// <summary>
/// One gzip member: header, deflate data, CRC-32 and length of the content (RFC 1952). A file of members is an ordinary
/// gzip file to every tool. Members are framed and read by hand because a gzip reader decides wrongly what is whole: it
/// passes torn tails in silence, and .NET's writer writes nothing at all for empty content.
/// </summary>
internal static class GzipMember
{
    private const int TrailerLength = 8;

    /// <summary>The deflate data of empty content: one final block of fixed codes that holds the end-of-block code only.</summary>
    private static ReadOnlySpan<byte> EmptyDeflate => [0x03, 0x00];

    /// <summary>Writes one member.</summary>
    /// <param name="buffer">Where to; replaced by a larger one as needed, and meant to be used again.</param>
    /// <param name="header">The header; its lengths are filled in here.</param>
    /// <param name="content">The content, as it will be read back.</param>
    /// <param name="level">How hard to compress.</param>
    /// <returns>The member's bytes: the beginning of the buffer.</returns>
    public static ReadOnlyMemory<byte> Write(ref byte[] buffer, MemberHeader header, ReadOnlySpan<byte> content, CompressionLevel level)
    {
        // At its fastest, zlib may spend 9 bits on a byte (fixed codes); other levels expand by far less than this quarter.
        var headerLength = header.Length;
        var most = checked(headerLength + content.Length + content.Length / 4 + 1024);
        // With room to spare, since the next content may be a little longer.
        if (buffer.Length < most) buffer = new byte[checked(most + most / 2)];

        var output = new MemoryStream(buffer) { Position = headerLength };
        if (content.IsEmpty) output.Write(EmptyDeflate);
        else
            using (var deflate = new DeflateStream(output, level, leaveOpen: true)) deflate.Write(content);

        var dataEnd = (int)output.Position;
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(dataEnd), Crc32.HashToUInt32(content));
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(dataEnd + 4), content.Length);
        var length = dataEnd + TrailerLength;
        (header with { MemberLength = length, ContentLength = content.Length }).Write(buffer);
        return buffer.AsMemory(0, length);
    }

    /// <summary>Reads the content of a member.</summary>
    /// <param name="member">All bytes of the member.</param>
    /// <param name="header">Its header, as read from those bytes.</param>
    /// <returns>The content, or null where the data is damaged: it cannot be inflated, or length or CRC-32 do not check.</returns>
    public static byte[]? TryReadContent(ArraySegment<byte> member, MemberHeader header)
    {
        var dataLength = member.Count - header.Length - TrailerLength;
        if (dataLength < EmptyDeflate.Length) return null;
        var trailer = member.AsSpan()[^TrailerLength..];
        if (BinaryPrimitives.ReadInt32LittleEndian(trailer[4..]) != header.ContentLength) return null;

        var content = new byte[header.ContentLength];
        var data = new MemoryStream(member.Array!, member.Offset + header.Length, dataLength, writable: false);
        using (var inflate = new DeflateStream(data, CompressionMode.Decompress))
        {
            try
            {
                if (inflate.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length || inflate.ReadByte() >= 0) return null;
            }
            catch (InvalidDataException)
            {
                return null;
            }
        }

        return Crc32.HashToUInt32(content) == BinaryPrimitives.ReadUInt32LittleEndian(trailer) ? content : null;
    }
}
