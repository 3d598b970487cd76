using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Snowplow.Enrich.Addresses;

/// <summary>
/// IP addresses as numbers of 128 bits: IPv6 as it is, IPv4 as its mapped form (<c>::ffff:0:0/96</c>), so that both are one order.
/// </summary>
internal static class IpNumber
{
    private const ulong MappedPrefix = 0xffff_0000_0000;

    /// <summary>Whether a number stands for an IPv4 address.</summary>
    public static bool IsIpv4(UInt128 number) => (ulong)(number >> 32) == MappedPrefix >> 32 && number >> 64 == 0;

    /// <summary>Reads an address in its textual form: four decimal numbers, or IPv6 in any spelling. Allocates for IPv6 only.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out UInt128 number)
    {
        number = 0;
        if (!utf8.Contains((byte)':')) return TryParseIpv4(utf8, out number);
        if (!IPAddress.TryParse(utf8, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }

    private static bool TryParseIpv4(ReadOnlySpan<byte> utf8, out UInt128 number)
    {
        number = 0;
        uint value = 0;
        var octets = 0;
        foreach (var range in utf8.Split((byte)'.'))
        {
            var octet = utf8[range];
            if (++octets > 4 || octet.Length is 0 or > 3 || octet.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !byte.TryParse(octet, out var part)) return false;
            value = (value << 8) | part;
        }

        number = MappedPrefix | value;
        return octets == 4;
    }
}
