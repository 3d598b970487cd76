using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv4_compare</c>: -1, 0 or 1 as the first IPv4 address is before, equal to or after the second, by the shortest prefix.</summary>
internal static class Ipv4Compare
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv4_compare", 2, "-1, 0 or 1 as the first IPv4 address is before, equal to or after the second, by the shortest prefix.")
        .Try(long? (string a, string b) => Ipv4.Compare(a, b, 32))
        .Try(long? (string a, string b, long prefix) => Ipv4.Compare(a, b, prefix));
}
