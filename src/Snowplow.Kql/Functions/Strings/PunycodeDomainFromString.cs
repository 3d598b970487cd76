using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>punycode_domain_from_string</c>: a host's name with its parts of punycode decoded; empty where one is none.</summary>
internal static class PunycodeDomainFromString
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("punycode_domain_from_string", 3, "A host's name with its parts of punycode decoded; empty where one is none.")
        .On((string domain) => Punycode.DecodeDomain(domain) ?? "");
}
