namespace Snowplow.Enrich.Iglu;

/// <summary>Where schemas come from and how long they are kept. Binds from .NET configuration.</summary>
public sealed record IgluOptions
{
    /// <summary>Registries to ask after the built-in one; empty by default, so that only the core protocol's schemas are known.</summary>
    public IReadOnlyList<RegistryOptions> Registries { get; init; } = [];

    /// <summary>
    /// Path of Snowplow's own configuration of registries, <c>resolver.json</c>. Its registries come beside those above, and its
    /// <c>cacheSize</c> and <c>cacheTtl</c> in the place of the settings here. Null for none.
    /// </summary>
    public string? Resolver { get; init; }

    /// <summary>Schemas kept in memory; as many names that no registry has are kept beside them. Default 500.</summary>
    public int CacheSize { get; init; } = 500;

    /// <summary>
    /// Age at which a schema is looked up again, while the old one stays in use until the answer is there. Default 10 minutes.
    /// </summary>
    public TimeSpan CacheTtl { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a registry's "not found" is believed. Default 1 minute.</summary>
    public TimeSpan NotFoundTtl { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Total time of attempts at registries that fail, before a lookup ends as unreachable. Default 5 seconds.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time that one request may take. Default 2 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Time in each minute that lookups at HTTP registries may take that find nothing. When it is used up a schema not known yet
    /// counts as unreachable, so that its events can be replayed. Default 10 seconds.
    /// </summary>
    public TimeSpan MaxVainWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time for which a registry that stayed unreachable is not asked again; doubles with each failed trial. Default 5 seconds.
    /// </summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for which a registry is not asked. Default 1 minute.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>These options with those of <see cref="Resolver"/> merged in; as they are where there is none, or it is wrong.</summary>
    public IgluOptions WithResolver() => Resolver is { } file ? ResolverFile.Merge(file, this, []) with { Resolver = null } : this;

    /// <summary>
    /// All that is wrong with these options, one sentence each; among it folders that are not there, which is a mistake at the
    /// start and a failure of the registry later.
    /// </summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (index, registry) in Registries.Index())
        {
            foreach (var error in registry.Validate())
                yield return $"Iglu:Registries:{index}: {error}";
            if (registry.Folder is { } folder && !registry.HasSchemas)
                yield return $"Iglu:Registries:{index}: The folder '{folder}' of registry '{registry.Name}' holds no folder 'schemas'.";
        }

        var errors = new List<string>();
        if (Resolver is { } file)
            ResolverFile.Merge(file, this, errors);
        foreach (var error in errors)
            yield return $"Iglu:Resolver: {error}";

        if (CacheSize < 1)
            yield return $"Iglu:CacheSize must be at least 1, but is {CacheSize}.";
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(CacheTtl), CacheTtl), (nameof(NotFoundTtl), NotFoundTtl), (nameof(MaxWait), MaxWait),
            (nameof(RequestTimeout), RequestTimeout), (nameof(MinBackoff), MinBackoff), (nameof(MaxVainWait), MaxVainWait),
        ];
        foreach (var (name, value) in times.Where(time => time.Value <= TimeSpan.Zero))
            yield return $"Iglu:{name} must be more than zero, but is {value}.";
        if (MaxBackoff < MinBackoff)
            yield return $"Iglu:MaxBackoff must not be less than Iglu:MinBackoff ({MinBackoff}), but is {MaxBackoff}.";
    }
}
