namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// Looks for schemas that apply themselves to the same value again (<c>{"allOf": [{"$ref": "#"}]}</c>). Those that go down into
/// items or properties first end with the value.
/// </summary>
internal static class InPlaceCycle
{
    /// <summary>A longer chain of schemas over one value would not fit the stack, and none is meant so.</summary>
    private const int MaxChain = 100;

    /// <summary>Pointer of a schema in a cycle or in a chain that is too long; null if there is none.</summary>
    public static string? Find(IReadOnlyDictionary<string, SchemaNode> nodes)
    {
        var lengths = new Dictionary<SchemaNode, int>();
        foreach (var (key, node) in nodes)
        {
            if (Length(node, depth: 0, lengths) > MaxChain)
                return key[key.IndexOf('#', StringComparison.Ordinal)..];
        }

        return null;
    }

    /// <summary>
    /// Number of schemas in the longest chain from a node on; a cycle is a chain that is too long.
    /// </summary>
    private static int Length(SchemaNode node, int depth, Dictionary<SchemaNode, int> lengths)
    {
        if (lengths.TryGetValue(node, out var length))
            return length;
        if (depth > MaxChain)
            return MaxChain + 1;

        length = 1 + Next(node).Select(next => Length(next, depth + 1, lengths)).DefaultIfEmpty().Max();
        lengths[node] = length;
        return length;
    }

    private static IEnumerable<SchemaNode> Next(SchemaNode node)
    {
        if (node.Reference is not null)
            return [node.Reference];

        var whole = node.WholeValue;
        var schemas = whole is null ? [] : whole.AllOf.Concat(whole.AnyOf).Concat(whole.OneOf).Append(whole.Not);
        var dependencies = node.Object?.Dependencies ?? [];
        return schemas.Concat(dependencies.Select(dependency => dependency.Schema)).OfType<SchemaNode>();
    }
}
