using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;
using Snowplow.Collector.Responses;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Snowplow.Collector.Requests;

/// <summary>Undoes <c>Content-Encoding</c>: gzip of one or more members, and zstd.</summary>
internal static class ContentDecoder
{
    // RFC 1952: ten bytes of header, eight of trailer.
    private const int MinGzipLength = 18;
    private const int ChunkSize = 16 << 10;

    // RFC 8878 asks decoders for windows of 8 MiB. A frame may ask for far more, which an attacker would.
    private const int MaxWindowLog = 23;

    /// <summary>What a request's header says.</summary>
    /// <param name="contentEncoding">The header, or nothing.</param>
    /// <returns>The encoding; null where it is one (or several) that this collector does not undo.</returns>
    public static ContentEncoding? Of(StringValues contentEncoding) => contentEncoding.Count switch
    {
        0 => ContentEncoding.None,
        1 => Of(contentEncoding[0].AsSpan().Trim()),
        _ => null,
    };

    /// <summary>Decodes a whole body; null if it is sound and within the buffer's limits.</summary>
    public static Rejection? Decode(ContentEncoding encoding, ReadOnlyMemory<byte> encoded, BodyBuffer body)
    {
        if (!MemoryMarshal.TryGetArray(encoded, out var array)) return Rejection.CorruptEncoding;
        using var source = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
        if (encoding == ContentEncoding.Zstd) return Zstd(source, body);
        if (encoded.Length < MinGzipLength) return Rejection.CorruptEncoding;
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        return Copy(gzip, body) ?? (EndsWithAWholeMember(encoded.Span, body.Written.Span) ? null : Rejection.CorruptEncoding);
    }

    private static ContentEncoding? Of(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Equals("identity", StringComparison.OrdinalIgnoreCase)) return ContentEncoding.None;
        if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)) return ContentEncoding.Gzip;
        return name.Equals("zstd", StringComparison.OrdinalIgnoreCase) ? ContentEncoding.Zstd : null;
    }

    private static Rejection? Zstd(Stream source, BodyBuffer body)
    {
        if (source.Length == 0) return Rejection.CorruptEncoding;
        using var zstd = new DecompressionStream(source, leaveOpen: true);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
        return Copy(zstd, body);
    }

    private static Rejection? Copy(Stream decoder, BodyBuffer body)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            int read;
            while ((read = decoder.Read(chunk)) > 0)
            {
                if (body.Append(chunk.AsSpan(0, read)) is { } rejection) return rejection;
            }

            return null;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdException)
        {
            return Rejection.CorruptEncoding;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    // GZipStream takes the end of a torn member for the end of the data. The length and checksum that end a whole one tell:
    // they are those of the data's last bytes, however many members came before.
    private static bool EndsWithAWholeMember(ReadOnlySpan<byte> gzip, ReadOnlySpan<byte> data)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(gzip[^4..]);
        return length <= data.Length && Crc32.HashToUInt32(data[^(int)length..]) == BinaryPrimitives.ReadUInt32LittleEndian(gzip[^8..]);
    }
}
