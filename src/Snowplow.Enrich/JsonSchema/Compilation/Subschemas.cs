using System.Globalization;
using System.Text.Json;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>Where in a schema other schemas stand. An <c>id</c> anywhere else (in an <c>enum</c>, say) is just data.</summary>
internal static class Subschemas
{
    private static readonly string[] SchemaKeywords = ["additionalItems", "additionalProperties", "items", "not"];
    private static readonly string[] ListKeywords = ["allOf", "anyOf", "oneOf", "items"];
    private static readonly string[] MapKeywords = ["definitions", "dependencies", "patternProperties", "properties"];

    /// <summary>The schemas directly within a schema.</summary>
    public static IEnumerable<SchemaLocation> Of(SchemaLocation schema) =>
        SchemaKeywords.SelectMany(keyword => Single(schema, keyword))
            .Concat(ListKeywords.SelectMany(keyword => List(schema, keyword)))
            .Concat(MapKeywords.SelectMany(keyword => Map(schema, keyword)))
            .Where(location => location.Element.ValueKind == JsonValueKind.Object);

    /// <summary>The schema at a keyword; none if it is absent or of another shape.</summary>
    public static IEnumerable<SchemaLocation> Single(SchemaLocation schema, string keyword)
    {
        if (schema.Element.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Object)
            yield return schema.Child(keyword, value);
    }

    /// <summary>The items of the array at a keyword.</summary>
    public static IEnumerable<SchemaLocation> List(SchemaLocation schema, string keyword)
    {
        if (!schema.Element.TryGetProperty(keyword, out var value) || value.ValueKind != JsonValueKind.Array)
            yield break;

        var list = schema.Child(keyword, value);
        var index = 0;
        foreach (var item in value.EnumerateArray())
            yield return list.Child((index++).ToString(CultureInfo.InvariantCulture), item);
    }

    /// <summary>The members of the object at a keyword.</summary>
    public static IEnumerable<SchemaLocation> Map(SchemaLocation schema, string keyword)
    {
        if (!schema.Element.TryGetProperty(keyword, out var value) || value.ValueKind != JsonValueKind.Object)
            yield break;

        var map = schema with { Element = value, Key = $"{schema.Key}/{keyword}" };
        foreach (var member in value.EnumerateObject())
            yield return map.Child(member.Name, member.Value);
    }
}
