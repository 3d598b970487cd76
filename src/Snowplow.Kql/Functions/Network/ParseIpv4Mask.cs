using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>parse_ipv4_mask</c>: the number of an IPv4 address with a prefix applied, or its own where that is shorter; null where it is none.</summary>
internal static class ParseIpv4Mask
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_ipv4_mask", 2, "The number of an IPv4 address with a prefix applied, or its own where that is shorter; null where it is none.")
        .Try(long? (string text, long prefix) => Ipv4.TryParse(text, out var address, out var own) && prefix is >= 0 and <= 32 ? address & Ipv4.Mask(Math.Min(prefix, own)) : null);
}
