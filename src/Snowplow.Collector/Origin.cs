using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace Snowplow.Collector;

/// <summary>
/// The request header <c>Origin</c>, which may hold several origins separated by spaces (RFC 6454). What is no origin,
/// <c>null</c> among it, is passed over.
/// </summary>
internal static class Origin
{
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("-._:[]0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The first origin, as <c>scheme://host[:port]</c>, or null.</summary>
    public static string? First(StringValues headers)
    {
        foreach (var header in headers)
        {
            var text = header.AsSpan();
            foreach (var range in text.Split(' '))
            {
                var origin = text[range];
                if (!Host(origin).IsEmpty) return origin.Length == text.Length ? header : origin.ToString();
            }
        }

        return null;
    }

    /// <summary>Whether some origin's host is a domain or lies below it.</summary>
    public static bool AnyHost(StringValues headers, string domain)
    {
        foreach (var header in headers)
        {
            var text = header.AsSpan();
            foreach (var range in text.Split(' '))
            {
                if (IsOrIsBelow(Host(text[range]), domain)) return true;
            }
        }

        return false;
    }

    private static bool IsOrIsBelow(ReadOnlySpan<char> host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.');

    // The host without port; empty if the text is no origin.
    private static ReadOnlySpan<char> Host(ReadOnlySpan<char> origin)
    {
        var colon = origin.IndexOf("://", StringComparison.Ordinal);
        if (colon < 1 || !IsScheme(origin[..colon])) return default;
        var authority = origin[(colon + 3)..];
        if (authority.ContainsAnyExcept(HostCharacters)) return default;
        var port = authority.LastIndexOf(':');
        return port < 0 || authority.EndsWith("]", StringComparison.Ordinal) ? authority : authority[..port];
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.')) return false;
        }

        return char.IsAsciiLetter(text[0]);
    }
}
