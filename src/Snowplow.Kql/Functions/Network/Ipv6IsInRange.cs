using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv6_is_in_range</c>: whether an IPv6 address is within a range with a prefix.</summary>
internal static class Ipv6IsInRange
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv6_is_in_range", 3, "Whether an IPv6 or IPv4 address is within a range with a prefix.")
        .Try(bool? (string address, string range) => Ipv6.IsInRange(address, range));
}
