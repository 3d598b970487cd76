using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv4_is_private</c>: whether an IPv4 address belongs to a private network.</summary>
internal static class Ipv4IsPrivate
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv4_is_private", 2, "Whether an IPv4 address belongs to a private network.")
        .Try(bool? (string address) => Ipv4.TryParse(address, out _, out _) ? Ipv4.IsPrivate(address) : null);
}
