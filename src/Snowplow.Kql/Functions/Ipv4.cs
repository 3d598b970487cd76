using System.Globalization;

namespace Snowplow.Kql.Functions;

/// <summary>IPv4 addresses with prefixes, as KQL compares them.</summary>
internal static class Ipv4
{
    /// <summary>Reads <c>a.b.c.d</c> or <c>a.b.c.d/prefix</c>.</summary>
    public static bool TryParse(string text, out long address, out int prefix)
    {
        address = 0;
        prefix = 32;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > 32)) return false;
        var parts = (slash < 0 ? text : text[..slash]).Split('.');
        if (parts.Length != 4) return false;
        foreach (var part in parts)
        {
            if (part.Length is 0 or > 3 || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
            address = (address << 8) | value;
        }

        return true;
    }

    /// <summary>The bits that a prefix keeps.</summary>
    public static long Mask(long prefix) => prefix <= 0 ? 0 : (0xFFFFFFFFL << (int)(32 - Math.Min(32, prefix))) & 0xFFFFFFFFL;

    /// <summary>The text of an address.</summary>
    public static string Text(long address) => address is < 0 or > 0xFFFFFFFFL ? "" : $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";

    /// <summary>The order of two addresses by the shortest of the prefixes; null where one is none.</summary>
    public static long? Compare(string a, string b, long prefix)
    {
        if (!TryParse(a, out var first, out var firstPrefix) || !TryParse(b, out var second, out var secondPrefix) || prefix is < 0 or > 32) return null;
        var mask = Mask(Math.Min(prefix, Math.Min(firstPrefix, secondPrefix)));
        return (first & mask).CompareTo(second & mask);
    }

    /// <summary>Whether an address is of a private network (RFC 1918).</summary>
    public static bool IsPrivate(string address) => IsInRange(address, "10.0.0.0/8") is true || IsInRange(address, "172.16.0.0/12") is true || IsInRange(address, "192.168.0.0/16") is true;

    /// <summary>Whether an address is in a range; null where one is none.</summary>
    public static bool? IsInRange(string address, string range)
    {
        if (!TryParse(address, out var first, out _) || !TryParse(range, out var second, out var prefix)) return null;
        return (first & Mask(prefix)) == (second & Mask(prefix));
    }
}
