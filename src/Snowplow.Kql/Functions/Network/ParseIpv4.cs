using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>parse_ipv4</c>: the number of an IPv4 address, with its prefix applied; null where it is none.</summary>
internal static class ParseIpv4
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_ipv4", 2, "The number of an IPv4 address, with its prefix applied; null where it is none.")
        .Try(long? (string text) => Ipv4.TryParse(text, out var address, out var prefix) ? address & Ipv4.Mask(prefix) : null);
}
