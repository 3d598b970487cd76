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

    /// <summary>A stored block of no bytes that is not the last: 3 bits, filled up to a byte, and the length twice.</summary>
    private static ReadOnlySpan<byte> EmptyBlock => [0x00, 0x00, 0x00, 0xff, 0xff];

    /// <summary>Writes one member.</summary>
    /// <param name="output">Where to: its content is replaced, and its room, meant to be used again, grows as what was compressed needs it.</param>
    /// <param name="header">The header; its lengths are filled in here.</param>
    /// <param name="content">The content, as it will be read back.</param>
    /// <param name="level">How hard to compress.</param>
    /// <returns>The member's bytes: all that the output holds, in its own memory.</returns>
    public static ReadOnlyMemory<byte> Write(MemoryStream output, MemberHeader header, ReadOnlySpan<byte> content, CompressionLevel level)
    {
        output.SetLength(header.Length);
        output.Position = header.Length;
        if (content.IsEmpty) output.Write(EmptyDeflate);
        else
            using (var deflate = new DeflateStream(output, level, leaveOpen: true)) deflate.Write(content);

        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.HashToUInt32(content));
        BinaryPrimitives.WriteInt32LittleEndian(trailer[4..], content.Length);
        output.Write(trailer);

        var member = output.GetBuffer().AsMemory(0, (int)output.Length);
        (header with { MemberLength = member.Length, ContentLength = content.Length }).Write(member.Span);
        return member;
    }

    /// <summary>
    /// Writes a member that is to take the place of a longer one: it has exactly the length that its header says. What is left is filled with
    /// empty deflate blocks and, for less than such a block takes, a comment.
    /// </summary>
    /// <param name="header">The header, with the length; that of the content is filled in here.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="InvalidDataException">The content does not fit.</exception>
    public static byte[] WriteInPlace(MemberHeader header, ReadOnlySpan<byte> content)
    {
        var deflated = new MemoryStream();
        if (content.IsEmpty) deflated.Write(EmptyDeflate);
        else
            using (var deflate = new DeflateStream(deflated, CompressionLevel.SmallestSize, leaveOpen: true)) deflate.Write(content);

        header = header with { CommentLength = 0, ContentLength = content.Length };
        var left = header.MemberLength - header.Length - (int)deflated.Length - TrailerLength;
        if (left < 0) throw new InvalidDataException($"{-left} bytes more than the member had before.");
        header = header with { CommentLength = left % EmptyBlock.Length };

        var member = new byte[header.MemberLength];
        header.Write(member);
        var data = member.AsSpan(header.Length..^TrailerLength);
        for (var blocks = left / EmptyBlock.Length; blocks > 0; blocks--)
        {
            EmptyBlock.CopyTo(data);
            data = data[EmptyBlock.Length..];
        }

        deflated.GetBuffer().AsSpan(0, (int)deflated.Length).CopyTo(data);
        BinaryPrimitives.WriteUInt32LittleEndian(member.AsSpan(^TrailerLength..), Crc32.HashToUInt32(content));
        BinaryPrimitives.WriteInt32LittleEndian(member.AsSpan(^4..), content.Length);
        return member;
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
