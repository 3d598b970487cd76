using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary>The functions of this folder.</summary>
internal static class NetworkFunctions
{
    public static readonly ScalarFunction[] All =
    [
        ParseIpv4.Function, FormatIpv4.Function, Ipv4Compare.Function, Ipv4IsMatch.Function, Ipv4IsInRange.Function,
        Ipv4IsInAnyRange.Function, Ipv4IsPrivate.Function, Ipv4NetmaskSuffix.Function, ParseIpv6.Function,
        Ipv6Compare.Function, Ipv6IsMatch.Function, Ipv6IsInRange.Function, HasIpv4.Function, HasAnyIpv4.Function,
        HasIpv4Prefix.Function, HasAnyIpv4Prefix.Function, Ipv4RangeToCidrList.Function, FormatIpv4Mask.Function,
        ParseIpv4Mask.Function, ParseIpv6Mask.Function, Ipv6IsInAnyRange.Function,
    ];
}
