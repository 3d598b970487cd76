using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>parse_json</c>: the value of a JSON text; a text that is none as a dynamic string.</summary>
internal static class ParseJson
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_json", 1, "The value of a JSON text; a text that is none as a dynamic string.")
        .NamedBy(NameRule.FirstArgument)
        .Alias("todynamic", "toobject", "parsejson")
        .On((string text) => DynamicJson.Parse(text))
        .On((object value) => value is string text ? DynamicJson.Parse(text) : value);
}
