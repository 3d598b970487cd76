using System.Text;
using System.Text.Json;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// Makes the rules of one schema that is known to match the metaschema. Each method gives null where the schema has no keyword
/// of the kind.
/// </summary>
internal static class RuleCompiler
{
    /// <summary><c>type</c>.</summary>
    public static JsonTypes Types(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
            return JsonTypes.Any;

        return type.ValueKind == JsonValueKind.String
            ? TypeNames.Parse(type.GetString())
            : type.EnumerateArray().Aggregate(JsonTypes.None, (types, name) => types | TypeNames.Parse(name.GetString()));
    }

    /// <summary><c>enum</c>, <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, <c>not</c>.</summary>
    public static WholeValueRules? WholeValue(SchemaCompiler compiler, SchemaLocation location)
    {
        var rules = new WholeValueRules
        {
            Enum = location.Element.TryGetProperty("enum", out var values)
                ? new EnumRule([.. values.EnumerateArray().Select(value => Encoding.UTF8.GetBytes(value.GetRawText()))])
                : null,
            AllOf = Nodes(compiler, location, "allOf"),
            AnyOf = Nodes(compiler, location, "anyOf"),
            OneOf = Nodes(compiler, location, "oneOf"),
            Not = Node(compiler, location, "not"),
        };
        var isEmpty = rules.Enum is null && rules.Not is null
            && rules.AllOf.Length + rules.AnyOf.Length + rules.OneOf.Length == 0;
        return isEmpty ? null : rules;
    }

    /// <summary><c>minimum</c>, <c>maximum</c>, <c>multipleOf</c>.</summary>
    public static NumberRules? Number(SchemaCompiler compiler, SchemaLocation location)
    {
        NumberDivisor? divisor = null;
        if (location.Element.TryGetProperty("multipleOf", out var multipleOf)
            && !NumberDivisor.TryCreate(multipleOf.GetRawText(), out divisor))
        {
            compiler.AddIssue(location.Pointer, "multipleOf may have no more than 18 significant digits");
        }

        var minimum = Limit(location.Element, "minimum", "exclusiveMinimum");
        var maximum = Limit(location.Element, "maximum", "exclusiveMaximum");
        return minimum is null && maximum is null && divisor is null
            ? null
            : new NumberRules { Minimum = minimum, Maximum = maximum, MultipleOf = divisor };
    }

    /// <summary><c>minLength</c>, <c>maxLength</c>, <c>pattern</c>, <c>format</c>.</summary>
    public static StringRules? String(SchemaCompiler compiler, SchemaLocation location)
    {
        var pattern = SchemaLocation.StringMember(location.Element, "pattern");
        var format = SchemaLocation.StringMember(location.Element, "format");
        var rules = new StringRules
        {
            MinLength = Count(location.Element, "minLength", 0),
            MaxLength = Count(location.Element, "maxLength", int.MaxValue),
            Pattern = pattern is null ? null : compiler.PatternAt(location, pattern),
            Format = format is null ? null : StringFormat.Find(format),
        };
        var isEmpty = rules is { MinLength: 0, MaxLength: int.MaxValue, Pattern: null, Format: null };
        return isEmpty ? null : rules;
    }

    /// <summary><c>items</c>, <c>additionalItems</c>, <c>minItems</c>, <c>maxItems</c>, <c>uniqueItems</c>.</summary>
    public static ArrayRules? Array(SchemaCompiler compiler, SchemaLocation location)
    {
        var positional = Nodes(compiler, location, "items");

        // Without items as an array, additionalItems says nothing (validation §5.3.1.2).
        var isPositional = location.Element.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array;
        var rules = new ArrayRules
        {
            Positional = positional,
            Others = Node(compiler, location, isPositional ? "additionalItems" : "items"),
            AllowsOthers = !isPositional || !IsFalse(location.Element, "additionalItems"),
            MinItems = Count(location.Element, "minItems", 0),
            MaxItems = Count(location.Element, "maxItems", int.MaxValue),
            UniqueItems = IsTrue(location.Element, "uniqueItems"),
        };
        var isEmpty = rules is { Positional: [], Others: null, AllowsOthers: true }
            and { MinItems: 0, MaxItems: int.MaxValue, UniqueItems: false };
        return isEmpty ? null : rules;
    }

    /// <summary>A count, which may be larger than any text; 32 bits hold what matters of it.</summary>
    public static int Count(JsonElement schema, string keyword, int absent)
    {
        if (!schema.TryGetProperty(keyword, out var value))
            return absent;
        return value.TryGetInt32(out var count) ? count : int.MaxValue;
    }

    /// <summary>Whether a keyword is there and <c>false</c>.</summary>
    public static bool IsFalse(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.False;

    /// <summary>The schema at a keyword; null if there is none.</summary>
    public static SchemaNode? Node(SchemaCompiler compiler, SchemaLocation location, string keyword) =>
        Subschemas.Single(location, keyword).Select(compiler.NodeAt).FirstOrDefault();

    private static bool IsTrue(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.True;

    private static SchemaNode[] Nodes(SchemaCompiler compiler, SchemaLocation location, string keyword) =>
        [.. Subschemas.List(location, keyword).Select(compiler.NodeAt)];

    private static NumberLimit? Limit(JsonElement schema, string keyword, string exclusive) =>
        schema.TryGetProperty(keyword, out var limit)
            ? new NumberLimit(keyword, limit.GetRawText(), isExclusive: IsTrue(schema, exclusive))
            : null;
}
