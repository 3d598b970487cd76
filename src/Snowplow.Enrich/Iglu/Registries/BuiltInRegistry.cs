using System.Reflection;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>
/// The schemas embedded in this assembly: what the official web and Node trackers send by default, what enrichments add, and the
/// enrichments' configurations.
/// </summary>
internal sealed class BuiltInRegistry() : IgluRegistry(new RegistryOptions { Name = "Built-in" })
{
    private const string ResourcePrefix = "iglu:";

    /// <summary>Keys of all schemas embedded.</summary>
    public static IEnumerable<SchemaKey> Keys =>
        Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(SchemaKey.Parse);

    private static Assembly Assembly => typeof(BuiltInRegistry).Assembly;

    /// <summary>The document of an embedded schema; null where there is none.</summary>
    public static byte[]? Find(SchemaKey key)
    {
        using var resource = Assembly.GetManifestResourceStream(key.ToUri());
        if (resource is null)
            return null;

        var document = new byte[resource.Length];
        resource.ReadExactly(document);
        return document;
    }

    /// <inheritdoc/>
    public override ValueTask<RegistryAnswer> FetchAsync(SchemaKey key, CancellationToken cancellation) =>
        new(Find(key) is { } document ? RegistryAnswer.Of(document) : RegistryAnswer.NotFound);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<SchemaKey>> ListAsync(SchemaKey key, CancellationToken cancellation) =>
        new([.. Keys.Where(other => IsSameModel(key, other))]);
}
