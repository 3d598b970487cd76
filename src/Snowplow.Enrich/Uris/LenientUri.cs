namespace Snowplow.Enrich.Uris;

/// <summary>
/// Makes URIs out of what browsers call one: a space becomes <c>%20</c>; where that is still no URI, every character that may
/// not stand where it stands is percent-encoded, and a percent sign that begins no escape becomes <c>%25</c>. <c>+</c> stays.
/// </summary>
internal sealed class LenientUri
{
    private byte[] _buffer = new byte[1024];

    /// <summary>Repairs and splits a URI.</summary>
    /// <param name="uri">UTF-8 text, valid.</param>
    /// <param name="parts">The components, valid until the next call.</param>
    /// <param name="text">The repaired URI, valid until the next call; the input itself where nothing had to be repaired.</param>
    /// <returns>False where the text cannot be read as a URI even so.</returns>
    public bool TryParse(ReadOnlySpan<byte> uri, out UriParts parts, out ReadOnlySpan<byte> text)
    {
        text = uri;
        if (UriSyntax.TryParse(uri, out parts)) return true;
        text = Repair(uri);
        return UriSyntax.TryParse(text, out parts);
    }

    private ReadOnlySpan<byte> Repair(ReadOnlySpan<byte> uri)
    {
        if (_buffer.Length < uri.Length * 3) _buffer = new byte[uri.Length * 3];
        var written = 0;
        var pathStart = PathStart(uri);
        var legal = UriCharacters.Uric;
        var inFragment = false;
        for (var at = 0; at < uri.Length;)
        {
            var b = uri[at];
            if (at == pathStart) legal = UriCharacters.PathBytes;
            var isDelimiter = !inFragment && (b == '?' || b == '#');
            if (isDelimiter)
            {
                inFragment |= b == '#';
                legal = UriCharacters.Uric;
            }

            var isOther = UriCharacters.IsOther(uri[at..], out var length);
            if (!isOther) length = 1;
            var stays = isDelimiter || isOther || (b == '%' ? UriCharacters.IsEscape(uri[at..]) : legal.Contains(b));
            for (var end = at + length; at < end; at++)
            {
                if (stays) _buffer[written++] = uri[at];
                else written += Encode(uri[at], _buffer.AsSpan(written));
            }
        }

        return _buffer.AsSpan(0, written);
    }

    // Where scheme and authority end: brackets are legal before it (IPv6) and not in the path.
    private static int PathStart(ReadOnlySpan<byte> uri)
    {
        var delimiter = uri.IndexOfAny(":/?#"u8);
        var start = delimiter >= 0 && uri[delimiter] == ':' ? delimiter + 1 : 0;
        if (!uri[start..].StartsWith("//"u8)) return start;
        var end = uri[(start + 2)..].IndexOfAny("/?#"u8);
        return end < 0 ? uri.Length : start + 2 + end;
    }

    private static int Encode(byte b, Span<byte> destination)
    {
        destination[0] = (byte)'%';
        destination[1] = HexDigit(b >> 4);
        destination[2] = HexDigit(b & 15);
        return 3;
    }

    private static byte HexDigit(int value) => "0123456789ABCDEF"u8[value];
}
