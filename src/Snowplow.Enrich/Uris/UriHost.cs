using System.Net;
using System.Text;

namespace Snowplow.Enrich.Uris;

/// <summary>
/// Splits the authority of a URI as <c>java.net.URI</c> does: a host name, IPv4 address or bracketed IPv6 address with an
/// optional port, or else a registry-based name (such as a name with an underscore), which has no host.
/// </summary>
internal static class UriHost
{
    /// <summary>False where the authority is illegal altogether.</summary>
    public static bool TryParse(ReadOnlySpan<byte> authority, ref UriParts parts)
    {
        if (TryServer(authority, out parts.Host, out parts.Port)) return true;
        parts.Host = default;
        parts.Port = null;
        return UriCharacters.AreLegal(authority, UriCharacters.RegistryName);
    }

    private static bool TryServer(ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> host, out int? port)
    {
        host = default;
        port = null;
        var at = authority.IndexOf((byte)'@');
        if (at >= 0)
        {
            if (!UriCharacters.AreLegal(authority[..at], UriCharacters.UserInfo)) return false;
            authority = authority[(at + 1)..];
        }

        var length = HostLength(authority);
        if (length == 0) return false;
        host = authority[..length];
        var rest = authority[length..];
        if (rest.IsEmpty || rest is [(byte)':']) return true;
        if (rest[0] != ':' || rest.Length > 11 || rest[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        if (!int.TryParse(rest[1..], out var number)) return false;
        port = number;
        return true;
    }

    // 0 where no host begins the text.
    private static int HostLength(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'[', ..])
        {
            var end = text.IndexOf((byte)']');
            return end > 0 && text[..end].Contains((byte)':') && IPAddress.TryParse(Encoding.UTF8.GetString(text[1..end]), out _) ? end + 1 : 0;
        }

        var colon = text.IndexOf((byte)':');
        var host = colon < 0 ? text : text[..colon];
        return IsIpv4(host) || IsHostName(host) ? host.Length : 0;
    }

    private static bool IsIpv4(ReadOnlySpan<byte> host)
    {
        var numbers = 0;
        foreach (var range in host.Split((byte)'.'))
        {
            if (++numbers > 4 || host[range].Length > 3 || !byte.TryParse(host[range], out _)) return false;
        }

        return numbers == 4;
    }

    // Labels of letters, digits and inner hyphens; the last of several begins with a letter; one dot may end the name.
    private static bool IsHostName(ReadOnlySpan<byte> host)
    {
        if (host.EndsWith("."u8)) host = host[..^1];
        if (host.IsEmpty) return false;
        var labels = 0;
        var last = default(Range);
        foreach (var range in host.Split((byte)'.'))
        {
            if (!IsLabel(host[range])) return false;
            labels++;
            last = range;
        }

        return labels == 1 || char.IsAsciiLetter((char)host[last][0]);
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-') return false;
        foreach (var b in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '-') return false;
        }

        return true;
    }
}
