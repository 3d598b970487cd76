using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>Something that has schema documents by their keys.</summary>
internal abstract class IgluRegistry(RegistryOptions options)
{
    /// <summary>Largest schema document that is accepted; the largest of Iglu Central has 60 kB.</summary>
    protected const int MaxDocumentBytes = 1024 * 1024;

    /// <summary>What the configuration says of it.</summary>
    protected RegistryOptions Options { get; } = options;

    /// <summary>Name for messages and lookup histories.</summary>
    public string Name => Options.Name;

    /// <summary>Order among registries of the same kind; lower first.</summary>
    public int Priority => Options.Priority;

    /// <summary>Whether schemas of this vendor are most likely here.</summary>
    public bool Prefers(SchemaKey key) => Options.VendorPrefixes.Any(prefix => key.Vendor.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Asks for a document. Never throws for what a registry can do wrong.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract ValueTask<RegistryAnswer> FetchAsync(SchemaKey key, CancellationToken cancellation);

    /// <summary>
    /// The versions that it has of a schema within the key's model, in any order; none where it fails or does not tell.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract ValueTask<IReadOnlyList<SchemaKey>> ListAsync(SchemaKey key, CancellationToken cancellation);

    /// <summary>Whether two keys are of the same schema and model.</summary>
    protected static bool IsSameModel(SchemaKey one, SchemaKey other) =>
        one.Vendor == other.Vendor && one.Name == other.Name && one.Format == other.Format && one.Model == other.Model;

    /// <summary>
    /// Whether a key may be made a path. The grammar of vendors allows dots alone, which in a path lead elsewhere.
    /// </summary>
    protected static bool IsPathSafe(SchemaKey key) => key.Vendor.AsSpan().ContainsAnyExcept('.');
}
