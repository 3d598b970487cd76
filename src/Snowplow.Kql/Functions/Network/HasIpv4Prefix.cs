using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>has_ipv4_prefix</c>: whether an IPv4 address that begins so (192.168., or whole) is in a text, between characters that are no letters or digits.</summary>
internal static class HasIpv4Prefix
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("has_ipv4_prefix", 2, "Whether an IPv4 address that begins so (192.168., or whole) is in a text, between characters that are no letters or digits.")
        .On((string text, string prefix) => Ipv4Search.Has(text, prefix, isPrefix: true));
}
