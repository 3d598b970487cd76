using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>dynamic_to_json</c>: the JSON text of a value, properties in order of their names.</summary>
internal static class DynamicToJson
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("dynamic_to_json", 2, "The JSON text of a value, properties in order of their names; of a value that is not dynamic as tostring.")
        .On((object value) => DynamicJson.Text(Ordered(value)))
        .Row(KqlType.String, [null], row => DynamicValue.Text(row[0]));

    private static object? Ordered(object? value)
    {
        if (value is object?[] items) return items.Select(Ordered).ToArray();
        if (value is not Bag bag) return value;
        var ordered = new Bag();
        foreach (var (name, property) in bag.OrderBy(property => property.Key, StringComparer.Ordinal)) ordered.Add(name, Ordered(property));
        return ordered;
    }
}
