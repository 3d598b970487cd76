using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>parse_ipv6_mask</c>: the whole text of an IPv6 or IPv4 address with a prefix of up to 128 bits applied, or its own where that is shorter; empty where it is none.</summary>
internal static class ParseIpv6Mask
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_ipv6_mask", 2, "The whole text of an IPv6 or IPv4 address with a prefix of up to 128 bits applied, or its own where that is shorter; empty where it is none.")
        .On((string text, long prefix) => Ipv6.Canonical(text, prefix));
}
