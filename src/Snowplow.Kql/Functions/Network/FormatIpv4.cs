using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>format_ipv4</c>: the text of the number of an IPv4 address.</summary>
internal static class FormatIpv4
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("format_ipv4", 2, "The text of an IPv4 address, or of its number, with a prefix applied; empty where it is none.")
        .On((long address) => Ipv4.Text(address))
        .On((long address, long prefix) => Masked(address, prefix))
        .On((string text) => Format(text, 32))
        .On((string text, long prefix) => Format(text, prefix));

    private static string Format(string text, long prefix) =>
        Ipv4.TryParse(text, out var address, out var own) && prefix is >= 0 and <= 32 ? Masked(address, Math.Min(prefix, own)) : "";

    private static string Masked(long address, long prefix) => address is >= 0 and <= 0xFFFFFFFFL && prefix is >= 0 and <= 32 ? Ipv4.Text(address & Ipv4.Mask(prefix)) : "";
}
