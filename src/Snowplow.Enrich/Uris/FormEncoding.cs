using System.Globalization;

namespace Snowplow.Enrich.Uris;

/// <summary>Decodes <c>application/x-www-form-urlencoded</c> text: <c>+</c> is a space, <c>%XX</c> a byte.</summary>
internal static class FormEncoding
{
    /// <summary>Whether every percent sign begins a whole escape.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> encoded)
    {
        for (var at = encoded.IndexOf((byte)'%'); at >= 0; at = encoded.IndexOf((byte)'%'))
        {
            if (!UriCharacters.IsEscape(encoded[at..])) return false;
            encoded = encoded[(at + 3)..];
        }

        return true;
    }

    /// <summary>Decodes a name or value. A percent sign that begins no escape stands for itself.</summary>
    /// <param name="encoded">The text.</param>
    /// <param name="destination">At least as long as the text. The result need not be valid UTF-8.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var at = encoded.IndexOfAny((byte)'%', (byte)'+');
            var plain = at < 0 ? encoded : encoded[..at];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (at < 0) return written;
            encoded = encoded[at..];
            var isEscape = UriCharacters.IsEscape(encoded);
            destination[written++] = encoded[0] == '+' ? (byte)' '
                : isEscape ? byte.Parse(encoded.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : (byte)'%';
            encoded = encoded[(isEscape ? 3 : 1)..];
        }
    }
}
