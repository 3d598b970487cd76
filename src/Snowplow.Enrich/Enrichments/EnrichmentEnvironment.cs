using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Iglu;

namespace Snowplow.Enrich.Enrichments;

/// <summary>What enrichments may use of their surroundings. Thread-safe; shared by all enrichments and pipelines.</summary>
/// <param name="Assets">Loads databases and rules, and keeps them current.</param>
/// <param name="Http">For services that are asked over HTTP; has no timeout of its own.</param>
/// <param name="Validator">Validates self-describing JSON.</param>
/// <param name="Time">The clock.</param>
internal sealed record EnrichmentEnvironment(AssetStore Assets, HttpClient Http, SelfDescribingValidator Validator, TimeProvider Time) : IDisposable
{
    private readonly Stack<IDisposable> _owned = new();

    /// <summary>Keeps something that must be disposed of with the enrichments: a pool of connections, say.</summary>
    public T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned.Push(disposable);
        return disposable;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_owned.TryPop(out var owned)) owned.Dispose();
        Assets.Dispose();
    }
}
