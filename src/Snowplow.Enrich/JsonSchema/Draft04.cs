namespace Snowplow.Enrich.JsonSchema;

/// <summary>The metaschema of draft-04: what every schema must match, and what a schema may refer to.</summary>
internal static class Draft04
{
    private const string Uri = "http://json-schema.org/draft-04/schema";

    /// <summary>Documents that every schema may refer to, by URI without fragment.</summary>
    public static IReadOnlyDictionary<string, byte[]> Library { get; } = new Dictionary<string, byte[]> { [Uri] = Read() };

    /// <summary>The metaschema, compiled.</summary>
    public static SchemaNode Metaschema { get; } =
        SchemaCompiler.Compile(Library[Uri], Library, metaschema: null, out var issues)
        ?? throw new InvalidOperationException($"The embedded metaschema does not compile: {issues[0].Message}");

    private static byte[] Read()
    {
        using var resource = typeof(Draft04).Assembly.GetManifestResourceStream("draft-04.json")
            ?? throw new InvalidOperationException("The metaschema is missing from the assembly's resources.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
