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

    /// <summary>Eight groups of four digits, with the prefix applied; empty where it is no address.</summary>
    public static string Canonical(string text)
    {
        if (!TryParse(text, out var address, out var prefix, out _)) return "";
        var digits = (address & Mask(prefix)).ToString("x32", CultureInfo.InvariantCulture);
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
        if (!IPAddress.TryParse(plain, out var parsed) || (parsed.AddressFamily == AddressFamily.InterNetwork && plain.Split('.').Length != 4)) return false;
        isV4 = parsed.AddressFamily == AddressFamily.InterNetwork;
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > (isV4 ? Bits - MappedBits : Bits)) return false;
            if (isV4) prefix += MappedBits;
        }

        address = BinaryPrimitives.ReadUInt128BigEndian(parsed.MapToIPv6().GetAddressBytes());
        return true;
    }

    private static UInt128 Mask(int prefix) => prefix == 0 ? 0 : UInt128.MaxValue << (Bits - prefix);
}
