using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>parse_url</c>: the parts of an address in a bag: Scheme, Host, Port, Path, Username, Password, Query Parameters, Fragment.</summary>
internal static class ParseUrl
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_url", 1, "The parts of an address in a bag: Scheme, Host, Port, Path, Username, Password, Query Parameters, Fragment.")
        .Alias("parseurl")
        .On((string text) => (object)UrlParts.Of(text));
}
