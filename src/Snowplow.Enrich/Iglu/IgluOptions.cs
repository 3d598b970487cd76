namespace Snowplow.Enrich.Iglu;

/// <summary>Where schemas come from and how long they are kept. Binds from .NET configuration.</summary>
public sealed record IgluOptions
{
    /// <summary>Registries to ask after the built-in one; empty by default, so that only the core protocol's schemas are known.</summary>
    public IReadOnlyList<RegistryOptions> Registries { get; init; } = [];

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
    /// Time for which a registry that stayed unreachable is not asked again; doubles with each failed trial. Default 5 seconds.
    /// </summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for which a registry is not asked. Default 1 minute.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);
}
