using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Snowplow.Enrich.Mmdb;

/// <summary>An IP address as bits, the first one highest.</summary>
/// <param name="Bits">128 bits; those of an IPv4 address are the highest 32.</param>
/// <param name="IsIpv4">Whether it is an IPv4 address.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IpBits(UInt128 Bits, bool IsIpv4)
{
    // The longest text of an IPv6 address, with an IPv4 tail and a scope.
    private const int MaxLength = 64;

    /// <summary>
    /// Reads an address: IPv4, IPv6, either with a port (<c>192.0.2.1:80</c>, <c>[2001:db8::1]:80</c>). An IPv6 address that stands for an
    /// IPv4 one (<c>::ffff:192.0.2.1</c>) is the IPv4 one.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpBits address)
    {
        address = default;
        if (text.IsEmpty || text.Length > MaxLength) return false;
        if (TryParseIpv4(text, out address)) return true;
        if (text[0] == '[' && text.IndexOf((byte)']') is var end and > 0) text = text[1..end];
        if (!text.Contains((byte)':') || !IPAddress.TryParse(text, out var ip) || ip.AddressFamily != AddressFamily.InterNetworkV6) return false;
        Span<byte> bytes = stackalloc byte[16];
        ip.TryWriteBytes(bytes, out _);
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        address = bits >> 32 == 0xffff ? new IpBits(bits << 96, true) : new IpBits(bits, false);
        return true;
    }

    // Four decimal numbers, then nothing or a port.
    private static bool TryParseIpv4(ReadOnlySpan<byte> text, out IpBits address)
    {
        address = default;
        uint bits = 0, part = 0;
        int dots = 0, digits = 0;
        foreach (var b in text)
        {
            if ((uint)(b - '0') <= 9)
            {
                part = part * 10 + (uint)(b - '0');
                if (++digits > 3 || part > 255) return false;
                continue;
            }

            if (digits == 0) return false;
            if (b == ':' && dots == 3) break;
            if (b != '.' || ++dots > 3) return false;
            bits = bits << 8 | part;
            (part, digits) = (0, 0);
        }

        if (dots != 3 || digits == 0) return false;
        address = new IpBits((UInt128)(bits << 8 | part) << 96, true);
        return true;
    }
}
