using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv6_compare</c>: -1, 0 or 1 as the first IPv6 or IPv4 address is before, equal to or after the second.</summary>
internal static class Ipv6Compare
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv6_compare", 3, "-1, 0 or 1 as the first IPv6 or IPv4 address is before, equal to or after the second, by the shortest prefix.")
        .Try(long? (string a, string b) => Ipv6.Compare(a, b, null))
        .Try(long? (string a, string b, long prefix) => Ipv6.Compare(a, b, prefix));
}
