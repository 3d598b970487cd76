using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>has_any_ipv4_prefix</c>: whether an IPv4 address that begins in one of several ways is in a text, as has_ipv4_prefix has it.</summary>
internal static class HasAnyIpv4Prefix
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("has_any_ipv4_prefix", 2, "Whether an IPv4 address that begins in one of several ways is in a text, as has_ipv4_prefix has it.")
        .Row(KqlType.Bool, [KqlType.String, null], row => Ipv4Search.HasAny((string)row[0]!, row[1..], isPrefix: true), isVariadic: true);
}
