using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>How integer and GUID keys are written within grain ids: hexadecimal without leading zeros, and <c>N</c>.</summary>
public static class GrainIdKeyExtensions
{
    private const int GuidLength = 32;
    private const int LongestInteger = 16;

    /// <summary>The key of the grain with that number.</summary>
    public static IdSpan CreateIntegerKey(long key)
    {
        Span<byte> buffer = stackalloc byte[LongestInteger];
        Utf8Formatter.TryFormat(key, buffer, out var length, 'X');
        return new IdSpan(buffer[..length].ToArray());
    }

    /// <summary>The key of the grain with that GUID.</summary>
    public static IdSpan CreateGuidKey(Guid key)
    {
        var buffer = new byte[GuidLength];
        Utf8Formatter.TryFormat(key, buffer, out _, 'N');
        return new IdSpan(buffer);
    }

    /// <summary>The number that the grain's key is.</summary>
    /// <exception cref="ArgumentException">The key is not a number.</exception>
    [SuppressMessage("Naming", "CA1720", Justification = "The name is that of the Orleans API.")]
    public static long GetIntegerKey(this GrainId grainId) =>
        Utf8Parser.TryParse(grainId.Key.AsSpan(), out long key, out var length, 'X') && length == grainId.Key.AsSpan().Length
            ? key
            : throw new ArgumentException($"The key of grain \"{grainId}\" is not an integer.", nameof(grainId));

    /// <summary>The GUID that the grain's key is.</summary>
    /// <exception cref="ArgumentException">The key is not a GUID.</exception>
    [SuppressMessage("Naming", "CA1720", Justification = "The name is that of the Orleans API.")]
    public static Guid GetGuidKey(this GrainId grainId) =>
        Utf8Parser.TryParse(grainId.Key.AsSpan(), out Guid key, out var length, 'N') && length == grainId.Key.AsSpan().Length
            ? key
            : throw new ArgumentException($"The key of grain \"{grainId}\" is not a GUID.", nameof(grainId));
}
