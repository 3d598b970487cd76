using Snowplow.Enrich.Enrichments.Configuration;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Reads an enrichment's configuration. What must be loaded (databases, rules) is loaded here, once for all pipelines.
/// </summary>
/// <param name="config">The configuration, valid by its schema. What is wrong beyond that goes to <see cref="EnrichmentConfig.Refuse"/>.</param>
/// <param name="environment">What enrichments may use of their surroundings.</param>
/// <returns>Makes a pipeline's own instance; null where the configuration was refused.</returns>
internal delegate Func<IEnrichmentStep>? ReadEnrichment(EnrichmentConfig config, EnrichmentEnvironment environment);

/// <summary>An enrichment in the table: always on, or on where it is configured.</summary>
internal sealed class EnrichmentRow
{
    private readonly Func<IEnrichmentStep>? _always;

    private EnrichmentRow(Func<IEnrichmentStep>? always) => _always = always;

    /// <summary>Vendor of the configuration's schema; null for a row that is always on.</summary>
    public string? Vendor { get; private init; }

    /// <summary>Name of the configuration's schema.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The model of the configuration's schema that is understood.</summary>
    public int Model { get; private init; }

    /// <summary>Reads a configuration.</summary>
    public ReadEnrichment? Read { get; private init; }

    /// <summary>What runs where the user has no folder of configurations; null for nothing.</summary>
    public Func<EnrichmentEnvironment, Func<IEnrichmentStep>?>? Default { get; private init; }

    /// <summary>A step that every event goes through.</summary>
    public static EnrichmentRow Always(Func<IEnrichmentStep> create) => new(create);

    /// <summary>A step with a configuration, off without one.</summary>
    /// <param name="vendor">Vendor of the configuration's schema.</param>
    /// <param name="name">Its name.</param>
    /// <param name="model">Its model: all versions <c>model-*-*</c> are read.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="byDefault">What runs where the user has no folder of configurations.</param>
    public static EnrichmentRow Configured(
        string vendor, string name, int model, ReadEnrichment read, Func<EnrichmentEnvironment, Func<IEnrichmentStep>?>? byDefault = null) =>
        new(null) { Vendor = vendor, Name = name, Model = model, Read = read, Default = byDefault };

    /// <summary>What the row gives: one factory for each configuration, in their order (there may be several scripts, say).</summary>
    /// <param name="configs">The enabled configurations of this row; null where the user has no folder of configurations.</param>
    /// <param name="environment">What enrichments may use of their surroundings.</param>
    public IEnumerable<Func<IEnrichmentStep>> Load(IEnumerable<EnrichmentConfig>? configs, EnrichmentEnvironment environment)
    {
        IEnumerable<Func<IEnrichmentStep>?> factories =
            _always is not null ? [_always]
            : configs is null ? [Default?.Invoke(environment)]
            : configs.Select(config => Read!(config, environment));
        return factories.OfType<Func<IEnrichmentStep>>();
    }
}
