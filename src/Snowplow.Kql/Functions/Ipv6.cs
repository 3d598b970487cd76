using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Snowplow.Kql.Functions;

/// <summary>IPv6 addresses; those of IPv4 are mapped, and their prefixes count from there.</summary>
internal static class Ipv6
{
    private const int Bits = 128;
    private const int MappedBits = 96;

    /// <summary>Eight groups of four digits, with the prefix applied, or the address's own where that is shorter; empty where it is no address.</summary>
    public static string Canonical(string text, long prefix = Bits)
    {
        if (!TryParse(text, out var address, out var own, out _) || prefix is < 0 or > Bits) return "";
        var digits = (address & Mask(Math.Min((int)prefix, own))).ToString("x32", CultureInfo.InvariantCulture);
        return string.Join(':', Enumerable.Range(0, 8).Select(i => digits.Substring(4 * i, 4)));
    }

    /// <summary>The order of two addresses by the shortest of the prefixes, which is one of IPv4 where both addresses are; null where one is none.</summary>
    public static long? Compare(string a, string b, long? prefix)
    {
        if (!TryParse(a, out var first, out var firstPrefix, out var isFirstV4) || !TryParse(b, out var second, out var secondPrefix, out var isSecondV4)) return null;
        var most = isFirstV4 && isSecondV4 ? Bits - MappedBits : Bits;
        if (prefix < 0 || prefix > most) return null;
        var mask = Mask(Math.Min((int)(prefix ?? most) + Bits - most, Math.Min(firstPrefix, secondPrefix)));
        return (first & mask).CompareTo(second & mask);
    }

    /// <summary>Whether an address is in a range; null where one is none.</summary>
    public static bool? IsInRange(string address, string range)
    {
        if (!TryParse(address, out var first, out _, out _) || !TryParse(range, out var second, out var prefix, out _)) return null;
        return (first & Mask(prefix)) == (second & Mask(prefix));
    }

    private static bool TryParse(string text, out UInt128 address, out int prefix, out bool isV4)
    {
        (address, prefix, isV4) = (0, Bits, false);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var plain = slash < 0 ? text : text[..slash];
        // ::1.2.3.4 is the address of IPv4 written as one of IPv6, and a prefix of up to 32 counts as that of IPv4.
        var isMapped = plain.StartsWith("::", StringComparison.Ordinal) && plain.Contains('.', StringComparison.Ordinal) && plain.LastIndexOf(':') == 1;
        if (isMapped) plain = plain[2..];
        if (!IPAddress.TryParse(plain, out var parsed) || (parsed.AddressFamily == AddressFamily.InterNetwork && plain.Split('.').Length != 4)) return false;
        var isDotted = parsed.AddressFamily == AddressFamily.InterNetwork;
        isV4 = isDotted && !isMapped;
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > (isV4 ? Bits - MappedBits : Bits)) return false;
            if (isDotted && prefix <= Bits - MappedBits) prefix += MappedBits;
        }

        address = BinaryPrimitives.ReadUInt128BigEndian(parsed.MapToIPv6().GetAddressBytes());
        return true;
    }

    private static UInt128 Mask(int prefix) => prefix == 0 ? 0 : UInt128.MaxValue << (Bits - prefix);
}
