using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>punycode_domain_to_string</c>: a host's name with its parts that are not of ASCII in punycode, with xn-- before each.</summary>
internal static class PunycodeDomainToString
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("punycode_domain_to_string", 3, "A host's name with its parts that are not of ASCII in punycode, with xn-- before each.")
        .On((string domain) => Punycode.EncodeDomain(domain) ?? "");
}
