namespace Snowplow.Enrich.JsonSchema;

/// <summary>Types by the names that schemas give them.</summary>
internal static class TypeNames
{
    private static readonly (string Name, JsonTypes Types)[] All =
    [
        ("null", JsonTypes.Null),
        ("boolean", JsonTypes.Boolean),
        ("number", JsonTypes.Number | JsonTypes.Integer),
        ("integer", JsonTypes.Integer),
        ("string", JsonTypes.String),
        ("array", JsonTypes.Array),
        ("object", JsonTypes.Object),
    ];

    /// <summary>The types that a schema's name means; None for a name that draft-04 does not have.</summary>
    public static JsonTypes Parse(string? name) => All.FirstOrDefault(type => type.Name == name).Types;

    /// <summary>The names of a set, as few as say it.</summary>
    public static string[] Of(JsonTypes types)
    {
        var names = new List<string>();
        foreach (var (name, meant) in All)
        {
            var isSaid = name == "integer" && types.HasFlag(JsonTypes.Number);
            if (!isSaid && (types & meant) == meant)
                names.Add(name);
            else if (name == "number" && (types & meant) == JsonTypes.Number)
                names.Add(name);
        }

        return [.. names];
    }
}
