using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv6_is_match</c>: whether two IPv6 or IPv4 addresses are equal by the shortest prefix.</summary>
internal static class Ipv6IsMatch
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv6_is_match", 3, "Whether two IPv6 or IPv4 addresses are equal by the shortest prefix.")
        .Try(bool? (string a, string b) => Ipv6.Compare(a, b, null) is { } order ? order == 0 : null)
        .Try(bool? (string a, string b, long prefix) => Ipv6.Compare(a, b, prefix) is { } order ? order == 0 : null);
}
