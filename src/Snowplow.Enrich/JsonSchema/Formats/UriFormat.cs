using System.Buffers;

namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>uri</c>: a URI with a scheme as in RFC 3986, not a relative reference.</summary>
internal static class UriFormat
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string SubDelimiters = "!$&'()*+,;=";

    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(Unreserved + SubDelimiters);
    private static readonly SearchValues<char> UserCharacters = SearchValues.Create(Unreserved + SubDelimiters + ":");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Unreserved + SubDelimiters + ":@/");
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(Unreserved + SubDelimiters + ":@/?");

    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        if (colon < 1 || !IsScheme(text[..colon]))
            return false;

        var rest = text[(colon + 1)..];
        var fragment = TakeAfter(ref rest, (byte)'#');
        var query = TakeAfter(ref rest, (byte)'?');
        if (!Has(fragment, QueryCharacters) || !Has(query, QueryCharacters))
            return false;
        if (!rest.StartsWith("//"u8))
            return Has(rest, PathCharacters);

        rest = rest[2..];
        var slash = rest.IndexOf((byte)'/');
        return IsAuthority(slash < 0 ? rest : rest[..slash]) && (slash < 0 || Has(rest[slash..], PathCharacters));
    }

    private static bool IsScheme(ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            if (!SchemeCharacters.Contains((char)value))
                return false;
        }

        return char.IsAsciiLetter((char)text[0]);
    }

    private static bool IsAuthority(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        if (at >= 0 && !Has(text[..at], UserCharacters))
            return false;

        var host = text[(at + 1)..];
        if (host is [(byte)'[', ..])
        {
            var end = host.IndexOf((byte)']');
            return end > 0 && IsIpLiteral(host[1..end]) && IsPort(host[(end + 1)..]);
        }

        var colon = host.IndexOf((byte)':');
        return colon < 0 ? Has(host, HostCharacters) : Has(host[..colon], HostCharacters) && IsPort(host[colon..]);
    }

    private static bool IsIpLiteral(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'v' or (byte)'V', .. var future])
            return IpFormat.IsIpv6(text);

        var dot = future.IndexOf((byte)'.');
        return dot > 0 && dot < future.Length - 1
            && !future[..dot].ContainsAnyExcept(HexDigits)
            && !future[dot..].Contains((byte)'%') && Has(future[dot..], UserCharacters);
    }

    private static bool IsPort(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (text[0] == ':' && !text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'));

    /// <summary>Cuts off what follows a mark; empty if the mark is not there.</summary>
    private static ReadOnlySpan<byte> TakeAfter(ref ReadOnlySpan<byte> text, byte mark)
    {
        var at = text.IndexOf(mark);
        if (at < 0)
            return default;

        var after = text[(at + 1)..];
        text = text[..at];
        return after;
    }

    /// <summary>Whether a part consists of these characters and of percent-encoded bytes.</summary>
    private static bool Has(ReadOnlySpan<byte> text, SearchValues<char> allowed)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '%')
            {
                if (index + 2 >= text.Length || text.Slice(index + 1, 2).ContainsAnyExcept(HexDigits))
                    return false;
                index += 2;
            }
            else if (!allowed.Contains((char)text[index]))
            {
                return false;
            }
        }

        return true;
    }
}
