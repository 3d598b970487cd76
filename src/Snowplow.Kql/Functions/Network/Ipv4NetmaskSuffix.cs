using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv4_netmask_suffix</c>: the prefix of an IPv4 address; 32 without one.</summary>
internal static class Ipv4NetmaskSuffix
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv4_netmask_suffix", 2, "The prefix of an IPv4 address; 32 without one.")
        .Try(long? (string text) => Ipv4.TryParse(text, out _, out var prefix) ? prefix : null);
}
