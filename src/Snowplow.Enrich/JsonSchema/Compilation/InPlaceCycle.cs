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
        var finished = new HashSet<SchemaNode>();
        foreach (var (key, node) in nodes)
        {
            if (!Ends(node, [], finished))
                return key[key.IndexOf('#', StringComparison.Ordinal)..];
        }

        return null;
    }

    private static bool Ends(SchemaNode node, HashSet<SchemaNode> chain, HashSet<SchemaNode> finished)
    {
        if (finished.Contains(node))
            return true;
        if (chain.Count == MaxChain || !chain.Add(node))
            return false;

        var ends = Next(node).All(next => Ends(next, chain, finished));
        chain.Remove(node);
        if (ends)
            finished.Add(node);
        return ends;
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
