using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>has_any_ipv4</c>: whether one of several IPv4 addresses is in a text, as has_ipv4 has it.</summary>
internal static class HasAnyIpv4
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("has_any_ipv4", 2, "Whether one of several IPv4 addresses is in a text, as has_ipv4 has it.")
        .Row(KqlType.Bool, [KqlType.String, null], row => Ipv4Search.HasAny((string)row[0]!, row[1..], isPrefix: false), isVariadic: true);
}
