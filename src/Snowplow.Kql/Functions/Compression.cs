using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Snowplow.Kql.Functions;

/// <summary>Texts compressed by gzip or zlib, in base64.</summary>
internal static class Compression
{
    private const int MaxBytes = 64 << 20;
    private const int TrailerBytes = 4;

    /// <summary>A text's UTF-8 as a gzip file in base64.</summary>
    public static string Gzip(string text) => Compressed(text, stream => new GZipStream(stream, CompressionLevel.Optimal));

    /// <summary>A text's UTF-8 as zlib's format in base64.</summary>
    public static string Zlib(string text) => Compressed(text, stream => new ZLibStream(stream, CompressionLevel.Optimal));

    /// <summary>The text of a gzip file in base64; empty where it is none, or has further fields in its header.</summary>
    public static string Gunzip(string text) =>
        Base64.Bytes(text) is [0x1F, 0x8B, 8, 0, ..] file && Plain(file, stream => new GZipStream(stream, CompressionMode.Decompress)) is { } plain
            && BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan()[^TrailerBytes..]) == (uint)plain.Length
            ? Encoding.UTF8.GetString(plain)
            : "";

    /// <summary>The text of zlib's format in base64; empty where it is none.</summary>
    public static string Unzlib(string text) =>
        Base64.Bytes(text) is { Length: > TrailerBytes } file && Plain(file, stream => new ZLibStream(stream, CompressionMode.Decompress)) is { } plain
            && BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan()[^TrailerBytes..]) == Adler32(plain)
            ? Encoding.UTF8.GetString(plain)
            : "";

    private static string Compressed(string text, Func<Stream, Stream> into)
    {
        using var bytes = new MemoryStream();
        using (var stream = into(bytes)) stream.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(bytes.ToArray());
    }

    // A file that ends too early gives what there is: its trailer tells.
    private static byte[]? Plain(byte[] file, Func<Stream, Stream> from)
    {
        try
        {
            using var stream = from(new MemoryStream(file));
            using var bytes = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                bytes.Write(buffer.AsSpan(0, read));
                if (bytes.Length > MaxBytes) throw new KqlException(KqlErrorKind.Limit, $"A compressed text is longer than the {MaxBytes >> 20} MiB that are read of one");
            }

            return bytes.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // RFC 1950.
    private static uint Adler32(byte[] bytes)
    {
        const uint Prime = 65521;
        var (a, b) = (1u, 0u);
        foreach (var one in bytes)
        {
            a = (a + one) % Prime;
            b = (b + a) % Prime;
        }

        return (b << 16) | a;
    }
}
