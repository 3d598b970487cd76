using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>format_ipv4_mask</c>: the text of an IPv4 address, or of its number, with a prefix applied and behind it; empty where it is none.</summary>
internal static class FormatIpv4Mask
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("format_ipv4_mask", 2, "The text of an IPv4 address, or of its number, with a prefix applied and behind it; empty where it is none.")
        .On((long address) => Of(address, 32))
        .On((long address, long prefix) => Of(address, prefix))
        .On((string text) => Of(text, 32))
        .On((string text, long prefix) => Of(text, prefix));

    private static string Of(string text, long prefix) =>
        Ipv4.TryParse(text, out var address, out var own) && prefix is >= 0 and <= 32 ? Of(address, Math.Min(prefix, own)) : "";

    private static string Of(long address, long prefix) =>
        address is >= 0 and <= 0xFFFFFFFFL && prefix is >= 0 and <= 32 ? $"{Ipv4.Text(address & Ipv4.Mask(prefix))}/{prefix}" : "";
}
