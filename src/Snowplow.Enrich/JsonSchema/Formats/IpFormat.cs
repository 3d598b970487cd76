namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>ipv4</c> (RFC 2673 §3.2, no leading zeros) and <c>ipv6</c> (RFC 4291 §2.2, no zone).</summary>
internal static class IpFormat
{
    public static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        for (var part = 0; part < 4; part++)
        {
            var dot = text.IndexOf((byte)'.');
            if (dot < 0 != (part == 3) || !IsOctet(dot < 0 ? text : text[..dot]))
                return false;
            text = dot < 0 ? default : text[(dot + 1)..];
        }

        return true;
    }

    public static bool IsIpv6(ReadOnlySpan<byte> text)
    {
        var gap = text.IndexOf("::"u8);
        if (gap < 0)
            return CountGroups(text, mayEndInIpv4: true) == 8;

        var before = text[..gap];
        var after = text[(gap + 2)..];
        var groupsBefore = before.IsEmpty ? 0 : CountGroups(before, mayEndInIpv4: false);
        var groupsAfter = after.IsEmpty ? 0 : CountGroups(after, mayEndInIpv4: true);
        return groupsBefore >= 0 && groupsAfter >= 0 && groupsBefore + groupsAfter <= 7;
    }

    private static bool IsOctet(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 3 || (text[0] == '0' && text.Length > 1))
            return false;

        var value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + (digit - '0');
        }

        return value <= 255;
    }

    /// <summary>Number of 16-bit groups, an IPv4 address at the end counting two; -1 if the text is malformed.</summary>
    private static int CountGroups(ReadOnlySpan<byte> text, bool mayEndInIpv4)
    {
        for (var count = 0; ; count++)
        {
            var colon = text.IndexOf((byte)':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && mayEndInIpv4 && group.Contains((byte)'.'))
                return IsIpv4(group) ? count + 2 : -1;
            if (!IsGroup(group) || count == 8)
                return -1;
            if (colon < 0)
                return count + 1;
            text = text[(colon + 1)..];
        }
    }

    private static bool IsGroup(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 4)
            return false;

        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
        }

        return true;
    }
}
