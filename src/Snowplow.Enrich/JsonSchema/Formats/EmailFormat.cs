using System.Buffers;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// <c>email</c>: an address as in RFC 5321 §4.1.2 — a dot-string or quoted string, an <c>@</c>, a host name or an address in brackets.
/// </summary>
internal static class EmailFormat
{
    private const int MaxLength = 254;

    private static readonly SearchValues<byte> AtomBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"u8);

    public static bool IsEmail(ReadOnlySpan<byte> text)
    {
        var at = text.LastIndexOf((byte)'@');
        if (at < 1 || text.Length > MaxLength)
            return false;

        var local = text[..at];
        return (local[0] == '"' ? IsQuoted(local) : IsDotString(local)) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsDotString(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var dot = text.IndexOf((byte)'.');
            var atom = dot < 0 ? text : text[..dot];
            if (atom.IsEmpty || atom.ContainsAnyExcept(AtomBytes))
                return false;
            if (dot < 0)
                return true;
            text = text[(dot + 1)..];
        }
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[^1] != '"')
            return false;

        var inner = text[1..^1];
        for (var index = 0; index < inner.Length; index++)
        {
            if (inner[index] is < 0x20 or > 0x7E or (byte)'"')
                return false;
            if (inner[index] == '\\' && (++index == inner.Length || inner[index] is < 0x20 or > 0x7E))
                return false;
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'[', .. var literal, (byte)']'])
            return HostnameFormat.IsHostname(text);
        return literal.StartsWith("IPv6:"u8) ? IpFormat.IsIpv6(literal[5..]) : IpFormat.IsIpv4(literal);
    }
}
