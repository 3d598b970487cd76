using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>parse_ipv6</c>: the whole text of an IPv6 or IPv4 address, with its prefix applied; empty where it is none.</summary>
internal static class ParseIpv6
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_ipv6", 2, "The whole text of an IPv6 or IPv4 address, with its prefix applied; empty where it is none.")
        .On((string text) => Ipv6.Canonical(text));
}
