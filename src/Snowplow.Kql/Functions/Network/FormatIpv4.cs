using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>format_ipv4</c>: the text of the number of an IPv4 address.</summary>
internal static class FormatIpv4
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("format_ipv4", 2, "The text of the number of an IPv4 address.")
        .On((long address) => Ipv4.Text(address))
        .On((string text) => Ipv4.TryParse(text, out var address, out var prefix) ? Ipv4.Text(address & Ipv4.Mask(prefix)) : "");
}
