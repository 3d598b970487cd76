using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>A registry with its circuit, in the order of asking.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="Circuit">Whether it may be asked.</param>
/// <param name="Rank">Kinds in the order of asking: built-in, folder, HTTP.</param>
internal sealed record RegistrySource(IgluRegistry Registry, RegistryCircuit Circuit, int Rank)
{
    /// <summary>Whether it is asked over a network.</summary>
    public bool IsRemote => Rank == 2;

    /// <summary>
    /// Makes the sources of a configuration, the built-in one first.
    /// </summary>
    /// <exception cref="ArgumentException">A registry has no name, or not exactly one of folder and URI.</exception>
    public static IReadOnlyList<RegistrySource> Of(IgluOptions options, HttpClient client, TimeProvider time)
    {
        var errors = options.Registries.SelectMany(registry => registry.Validate()).ToList();
        if (errors.Count > 0)
            throw new ArgumentException($"The configuration of Iglu registries is wrong: {string.Join(" ", errors)}", nameof(options));

        RegistryCircuit NewCircuit() => new(options.MinBackoff, options.MaxBackoff, time);
        return
        [
            new RegistrySource(new BuiltInRegistry(), NewCircuit(), 0),
            .. options.Registries.Select(registry => registry.Folder is { } folder
                ? new RegistrySource(new FolderRegistry(registry, folder), NewCircuit(), 1)
                : new RegistrySource(new HttpRegistry(registry, registry.Uri!, client, options.RequestTimeout, time), NewCircuit(), 2)),
        ];
    }

    /// <summary>
    /// The order of Snowplow's resolver: registries of the key's vendor, then by kind, then by priority. The built-in one is
    /// before all.
    /// </summary>
    public static IEnumerable<RegistrySource> InOrder(IReadOnlyList<RegistrySource> sources, SchemaKey key) =>
        sources.OrderBy(source => source.Rank > 0)
            .ThenByDescending(source => source.Registry.Prefers(key))
            .ThenBy(source => source.Rank)
            .ThenBy(source => source.Registry.Priority);
}
