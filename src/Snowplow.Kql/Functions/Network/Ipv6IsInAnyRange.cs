using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv6_is_in_any_range</c>: whether an IPv6 or IPv4 address is within one of several ranges.</summary>
internal static class Ipv6IsInAnyRange
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv6_is_in_any_range", 3, "Whether an IPv6 or IPv4 address is within one of several ranges.")
        .Row(KqlType.Bool, [KqlType.String, null], row => Any((string)row[0]!, row.Skip(1).SelectMany(value => value as object?[] ?? [value])), isVariadic: true);

    private static bool? Any(string address, IEnumerable<object?> ranges) =>
        Ipv6.Canonical(address).Length == 0 ? null : ranges.Any(range => Ipv6.IsInRange(address, DynamicValue.Text(range)) is true);
}
