using System.Runtime.InteropServices;

namespace Snowplow.Enrich.Addresses;

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
        if (text.IsEmpty || text.Length > MaxLength || !IpNumber.TryParse(WithoutPort(text), out var number)) return false;
        address = IpNumber.IsIpv4(number) ? new IpBits(number << 96, true) : new IpBits(number, false);
        return true;
    }

    // A lone colon ends an IPv4 address; an IPv6 address has several, or brackets around it.
    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> text)
    {
        if (text[0] == '[') return text.IndexOf((byte)']') is var end and > 0 ? text[1..end] : text;
        var colon = text.IndexOf((byte)':');
        return colon < 0 || text[(colon + 1)..].Contains((byte)':') ? text : text[..colon];
    }
}
