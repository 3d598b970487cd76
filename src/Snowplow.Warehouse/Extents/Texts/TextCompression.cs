using ZstdSharp;

namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>Zstandard, with a compressor for each thread.</summary>
internal static class TextCompression
{
    private const int Level = 6;

    [ThreadStatic]
    private static Compressor? _compressor;

    [ThreadStatic]
    private static Decompressor? _decompressor;

    /// <summary>One frame.</summary>
    public static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> bytes) => (_compressor ??= new Compressor(Level)).Wrap(bytes);

    /// <summary>The bytes of a frame; <paramref name="target"/> is as long as they are.</summary>
    /// <exception cref="InvalidDataException">It is no such frame.</exception>
    public static void Decompress(ReadOnlySpan<byte> frame, Span<byte> target)
    {
        try
        {
            if ((_decompressor ??= new Decompressor()).Unwrap(frame, target) == target.Length) return;
        }
        catch (ZstdException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }

        throw new InvalidDataException("a compressed group has another size than it should");
    }
}
