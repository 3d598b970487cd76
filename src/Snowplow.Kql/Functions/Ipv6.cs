using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Snowplow.Kql.Functions;

/// <summary>IPv6 addresses.</summary>
internal static class Ipv6
{
    /// <summary>Eight groups of four digits, with the prefix applied, IPv4 mapped; empty where it is no address.</summary>
    public static string Canonical(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var plain = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(plain, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && plain.Split('.').Length != 4)) return "";
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        var prefix = 128;
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > (isV4 ? 32 : 128)) return "";
            if (isV4) prefix += 96;
        }

        var bytes = address.MapToIPv6().GetAddressBytes();
        for (var bit = prefix; bit < 128; bit++) bytes[bit >> 3] &= (byte)~(0x80 >> (bit & 7));
        return string.Join(':', Enumerable.Range(0, 8).Select(i => Convert.ToHexStringLower(bytes, 2 * i, 2)));
    }
}
