using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>parse_urlquery</c>: the parameters of a query string in a bag.</summary>
internal static class ParseUrlquery
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_urlquery", 1, "The parameters of a query string in a bag.")
        .Alias("parseurlquery")
        .On((string text) => (object)new Bag { ["Query Parameters"] = UrlParts.Query(text.TrimStart('?')) });
}
