using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv4_is_in_range</c>: whether an IPv4 address is within a range with a prefix.</summary>
internal static class Ipv4IsInRange
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv4_is_in_range", 2, "Whether an IPv4 address is within a range with a prefix.")
        .Try(bool? (string address, string range) => Ipv4.IsInRange(address, range));
}
