using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv4_is_match</c>: whether two IPv4 addresses are equal by the shortest prefix.</summary>
internal static class Ipv4IsMatch
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv4_is_match", 2, "Whether two IPv4 addresses are equal by the shortest prefix.")
        .Try(bool? (string a, string b) => Ipv4.Compare(a, b, 32) is { } order ? order == 0 : null)
        .Try(bool? (string a, string b, long prefix) => Ipv4.Compare(a, b, prefix) is { } order ? order == 0 : null);
}
