using System.Text;
using Snowplow.Events;

namespace Snowplow.Model.Rules.Fields;

/// <summary>A thread's buffers for values that must be rewritten before they can be looked at. What they held is lost with the next use.</summary>
internal static class TextBuffers
{
    // Longer values are rare, and get a buffer that is thrown away.
    private const int KeptLength = 16 * 1024;

    [ThreadStatic]
    private static byte[]? _bytes;

    [ThreadStatic]
    private static char[]? _characters;

    /// <summary>The inside of a JSON string without its escapes.</summary>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> escaped)
    {
        var buffer = escaped.Length > KeptLength ? new byte[escaped.Length] : _bytes ??= new byte[KeptLength];
        return buffer.AsSpan(0, JsonText.Unescape(escaped, buffer));
    }

    /// <summary>UTF-8 as UTF-16, which is never longer; what is broken becomes U+FFFD.</summary>
    public static ReadOnlySpan<char> Characters(ReadOnlySpan<byte> utf8)
    {
        var buffer = utf8.Length > KeptLength ? new char[utf8.Length] : _characters ??= new char[KeptLength];
        return buffer.AsSpan(0, Encoding.UTF8.GetChars(utf8, buffer));
    }
}
