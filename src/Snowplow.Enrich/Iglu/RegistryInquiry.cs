using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>The inquiry after one schema at one registry, over all attempts of a lookup.</summary>
internal sealed class RegistryInquiry(RegistrySource source, SchemaKey key, TimeProvider time)
{
    private readonly List<RegistryError> _errors = [];
    private int _attempts;
    private DateTimeOffset _lastAttempt = time.GetUtcNow();

    /// <summary>Whether the registry failed and may be asked again.</summary>
    public bool IsWorthRetrying { get; private set; }

    /// <summary>Whether it has not said if it has the schema.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Asks once, unless the registry is known to be down; the document if it has one.</summary>
    public async ValueTask<byte[]?> AskAsync(CancellationToken cancellation)
    {
        IsWorthRetrying = source.Circuit.TryEnter(out var lastError);
        if (!IsWorthRetrying)
        {
            RegistryMetrics.Count(source.Registry.Name, "NotAsked");
            Note(lastError!);
            return null;
        }

        _attempts++;
        _lastAttempt = time.GetUtcNow();
        var answer = await source.Registry.FetchAsync(key, cancellation);
        RegistryMetrics.Count(source.Registry.Name, answer.Error?.Error ?? "Found");
        if (answer.Error is { IsNotFound: false } failure)
        {
            source.Circuit.Failed(failure);
            Note(failure);
            return null;
        }

        source.Circuit.Succeeded();
        IsOpen = IsWorthRetrying = false;
        if (answer.Error is not null)
            Note(answer.Error);
        return answer.Document;
    }

    /// <summary>No time is left for further attempts.</summary>
    public void GiveUp() => source.Circuit.GaveUp();

    /// <summary>The entry for the lookup's history.</summary>
    public RegistryLookup ToLookup() => new(source.Registry.Name, [.. _errors], _attempts, _lastAttempt);

    private void Note(RegistryError error)
    {
        if (!_errors.Contains(error))
            _errors.Add(error);
    }
}
