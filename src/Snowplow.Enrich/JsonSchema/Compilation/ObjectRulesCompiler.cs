using System.Text;
using System.Text.Json;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>Makes the <see cref="ObjectRules"/> of a schema that is known to match the metaschema.</summary>
internal static class ObjectRulesCompiler
{
    private static readonly string[] Keywords =
    [
        "properties", "patternProperties", "additionalProperties", "required", "minProperties", "maxProperties", "dependencies",
    ];

    /// <summary>The rules; null if the schema has no keyword for objects.</summary>
    public static ObjectRules? Compile(SchemaCompiler compiler, SchemaLocation location)
    {
        var schema = location.Element;
        if (!Keywords.Any(keyword => schema.TryGetProperty(keyword, out _)))
            return null;

        var required = RequiredNames(schema);
        var dependencies = Subschemas.Map(location, "dependencies").ToList();
        var declared = new Dictionary<string, SchemaNode?>();
        foreach (var property in Subschemas.Map(location, "properties"))
            declared[NameOf(property)] = compiler.NodeAt(property);

        // Noted names first: the set of those seen then needs no more bits than there are of them.
        var noted = required.Concat(dependencies.Select(NameOf)).Concat(dependencies.SelectMany(NeededNames)).Distinct().ToList();
        var names = noted.Concat(declared.Keys.Except(noted)).ToList();
        return new ObjectRules
        {
            Table = new Utf8NameTable([.. names.Select(Encoding.UTF8.GetBytes)]),
            Names =
            [
                .. names.Select(name => new PropertyRule(
                    name, declared.ContainsKey(name), required.Contains(name), declared.GetValueOrDefault(name))),
            ],
            NotedCount = noted.Count,
            Patterns = [.. Patterns(compiler, location)],
            Others = RuleCompiler.Node(compiler, location, "additionalProperties"),
            AllowsOthers = !RuleCompiler.IsFalse(schema, "additionalProperties"),
            MinProperties = RuleCompiler.Count(schema, "minProperties", 0),
            MaxProperties = RuleCompiler.Count(schema, "maxProperties", int.MaxValue),
            Dependencies = [.. dependencies.Select(dependency => Dependency(compiler, dependency, names))],
        };
    }

    private static IEnumerable<PatternRule> Patterns(SchemaCompiler compiler, SchemaLocation location)
    {
        foreach (var property in Subschemas.Map(location, "patternProperties"))
        {
            if (compiler.PatternAt(property, NameOf(property)) is { } pattern)
                yield return new PatternRule(pattern, compiler.NodeAt(property));
        }
    }

    private static PropertyDependency Dependency(SchemaCompiler compiler, SchemaLocation dependency, List<string> names) =>
        new(
            names.IndexOf(NameOf(dependency)),
            [.. NeededNames(dependency).Select(name => names.IndexOf(name))],
            dependency.Element.ValueKind == JsonValueKind.Object ? compiler.NodeAt(dependency) : null);

    private static List<string> RequiredNames(JsonElement schema) =>
        schema.TryGetProperty("required", out var required) ? Strings(required) : [];

    private static List<string> NeededNames(SchemaLocation dependency) =>
        dependency.Element.ValueKind == JsonValueKind.Array ? Strings(dependency.Element) : [];

    private static List<string> Strings(JsonElement array) => [.. array.EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>A member's name is the last token of its pointer.</summary>
    private static string NameOf(SchemaLocation member) =>
        member.Key[(member.Key.LastIndexOf('/') + 1)..]
            .Replace("~1", "/", StringComparison.Ordinal)
            .Replace("~0", "~", StringComparison.Ordinal);
}
