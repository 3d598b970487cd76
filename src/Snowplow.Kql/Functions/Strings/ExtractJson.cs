using System.Text;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>extract_json</c>: the value at a path ($.a[0].b) of a JSON text, as a text or as a type; empty or null where there is none.</summary>
internal static class ExtractJson
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("extract_json", 2, "The value at a path ($.a[0].b) of a JSON text, as a text or as a type; empty or null where there is none.")
        .Alias("extractjson")
        .Bound(Bind);

    private static BoundExpression? Bind(IReadOnlyList<BoundExpression> arguments)
    {
        if (arguments.Count is not (2 or 3) || arguments.Any(argument => Conversions.Cost(argument, KqlType.String) is null)) return null;
        var type = arguments.Count == 3 ? TypeExpression.TypeOf(arguments[2]) : KqlType.String;
        if (type is not { } wanted) return null;
        var value = new CallExpression(
            "extract_json",
            KqlType.Dynamic,
            Kernels.Of((string path, string text) => DynamicJson.TryParse(Encoding.UTF8.GetBytes(text), out var whole) ? JsonPath.Find(whole, path) : null),
            [Conversions.To(arguments[0], KqlType.String), Conversions.To(arguments[1], KqlType.String)]);
        return Conversions.To(value, wanted);
    }
}
