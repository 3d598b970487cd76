using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>has_ipv4</c>: whether an IPv4 address is in a text, between characters that are no letters or digits.</summary>
internal static class HasIpv4
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("has_ipv4", 2, "Whether an IPv4 address is in a text, between characters that are no letters or digits.")
        .On((string text, string address) => Ipv4Search.Has(text, address, isPrefix: false));
}
