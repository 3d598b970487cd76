using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Explain;
using Snowplow.Enrich.Iglu;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// The enrichments as they are configured, with what they loaded. One for a process; thread-safe. Every pipeline makes its steps
/// of it.
/// </summary>
public sealed class EnrichmentSet : IDisposable
{
    private readonly EnrichmentEnvironment _environment;
    private readonly IReadOnlyList<Func<IEnrichmentStep>> _factories;

    private EnrichmentSet(EnrichmentEnvironment environment, IReadOnlyList<Func<IEnrichmentStep>> factories)
    {
        _environment = environment;
        _factories = factories;
    }

    /// <summary>Reads the configuration and loads what the enrichments need: this may download files.</summary>
    /// <param name="options">Where the configuration lies: <see cref="EnrichOptions.Enrichments"/>.</param>
    /// <param name="http">For downloads and services; its own timeout should be infinite. Owned by the caller.</param>
    /// <param name="validator">Validates self-describing JSON. Owned by the caller.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="EnrichmentConfigException">Something is wrong; it lists all that is, by file and field.</exception>
    public static EnrichmentSet Load(EnrichOptions options, HttpClient http, SelfDescribingValidator validator, TimeProvider time)
    {
        var errors = new List<string>();
        var configs = options.Enrichments is { } folder ? EnrichmentFolder.Read(folder, errors) : null;
        var environment = new EnrichmentEnvironment(new AssetStore(options.Assets, http, time), http, validator, time);
        var factories = new List<Func<IEnrichmentStep>>();
        foreach (var row in EnrichmentTable.InOrder)
            factories.AddRange(row.Load(configs?.Where(config => config.IsEnabled && config.IsOf(row)), environment));
        if (errors.Count == 0) return new EnrichmentSet(environment, factories);
        environment.Dispose();
        throw new EnrichmentConfigException(errors);
    }

    /// <summary>A pipeline's own steps, in order.</summary>
    internal IEnrichmentStep[] CreateSteps() => [.. _factories.Select(create => create())];

    /// <summary>The same enrichments with their steps noted in a trace. It owns nothing: it is not to be disposed of.</summary>
    internal EnrichmentSet Traced(StepTrace trace) =>
        new(_environment, [.. _factories.Select((create, index) => (Func<IEnrichmentStep>)(() => trace.Around(create(), isFirst: index == 0)))]);

    /// <summary>Releases what the enrichments loaded. No pipeline may be at work.</summary>
    public void Dispose() => _environment.Dispose();
}
