using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;
using Snowplow.Collector.Responses;

namespace Snowplow.Collector.Requests;

/// <summary>Undoes <c>Content-Encoding: gzip</c>. Other encodings are left to enrich, which makes a bad row of them.</summary>
internal static class GzipBody
{
    // RFC 1952: ten bytes of header, eight of trailer.
    private const int MinLength = 18;
    private const int ChunkSize = 16 << 10;

    /// <summary>Whether a header <c>Content-Encoding</c> names gzip alone.</summary>
    public static bool IsGzip(StringValues contentEncoding) =>
        contentEncoding.Count == 1
        && (contentEncoding[0]!.Equals("gzip", StringComparison.OrdinalIgnoreCase) || contentEncoding[0]!.Equals("x-gzip", StringComparison.OrdinalIgnoreCase));

    /// <summary>Decodes one gzip member; null if it is whole and within the buffer's limits.</summary>
    public static Rejection? Decode(ReadOnlyMemory<byte> gzip, BodyBuffer body)
    {
        if (gzip.Length < MinLength || !MemoryMarshal.TryGetArray(gzip, out var array)) return Rejection.CorruptEncoding;
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            using var source = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
            using var decoder = new GZipStream(source, CompressionMode.Decompress);
            int read;
            while ((read = decoder.Read(chunk)) > 0)
            {
                if (body.Append(chunk.AsSpan(0, read)) is { } rejection) return rejection;
            }
        }
        catch (InvalidDataException)
        {
            return Rejection.CorruptEncoding;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        // GZipStream takes the end of a torn member for the end of the data; the length that ends a whole one tells.
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(gzip.Span[^4..]);
        return stated == (uint)body.Written.Length ? null : Rejection.CorruptEncoding;
    }
}
