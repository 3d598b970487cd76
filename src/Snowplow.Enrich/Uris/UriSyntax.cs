namespace Snowplow.Enrich.Uris;

/// <summary>
/// Splits a URI into its components by the rules of <c>java.net.URI</c>, which Snowplow's enrich uses: RFC 2396, nothing
/// normalised, nothing decoded. (<see cref="Uri"/> rewrites hosts, paths and escapes.)
/// </summary>
internal static class UriSyntax
{
    /// <summary>Splits a URI; false where it breaks the grammar.</summary>
    /// <param name="uri">UTF-8 text.</param>
    /// <param name="parts">The components; an opaque URI (<c>mailto:…</c>) has a scheme and perhaps a fragment only.</param>
    public static bool TryParse(ReadOnlySpan<byte> uri, out UriParts parts)
    {
        parts = default;
        var rest = uri;
        var delimiter = rest.IndexOfAny(":/?#"u8);
        var hasScheme = delimiter >= 0 && rest[delimiter] == ':';
        if (hasScheme)
        {
            if (!IsScheme(rest[..delimiter])) return false;
            parts.Scheme = rest[..delimiter];
            rest = rest[(delimiter + 1)..];
        }

        var hash = rest.IndexOf((byte)'#');
        if (hash >= 0)
        {
            parts.Fragment = rest[(hash + 1)..];
            rest = rest[..hash];
            if (!UriCharacters.AreLegal(parts.Fragment, UriCharacters.Uric)) return false;
        }

        return hasScheme && rest is not [(byte)'/', ..]
            ? !rest.IsEmpty && UriCharacters.AreLegal(rest, UriCharacters.Uric)
            : TryHierarchical(rest, hash >= 0, ref parts);
    }

    private static bool IsScheme(ReadOnlySpan<byte> scheme) =>
        !scheme.IsEmpty && char.IsAsciiLetter((char)scheme[0]) && !scheme.ContainsAnyExcept(UriCharacters.Scheme);

    private static bool TryHierarchical(ReadOnlySpan<byte> rest, bool hasFragment, ref UriParts parts)
    {
        if (rest.StartsWith("//"u8))
        {
            rest = rest[2..];
            var end = rest.IndexOfAny("/?"u8);
            var authority = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[end..];

            // As in Java, an empty authority needs something behind it: "file:///x" is a URI, "http://" is none.
            if (authority.IsEmpty && rest.IsEmpty && !hasFragment) return false;
            if (!authority.IsEmpty && !UriHost.TryParse(authority, ref parts)) return false;
        }

        var question = rest.IndexOf((byte)'?');
        if (question >= 0)
        {
            parts.Query = rest[(question + 1)..];
            rest = rest[..question];
            if (!UriCharacters.AreLegal(parts.Query, UriCharacters.Uric)) return false;
        }

        parts.Path = rest;
        return UriCharacters.AreLegal(rest, UriCharacters.PathBytes);
    }
}
