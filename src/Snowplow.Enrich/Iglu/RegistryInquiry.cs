using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>
/// The inquiry after one schema at one registry, over all attempts of a lookup. A schema that names another version in its
/// <c>$supersededBy</c> leads on to that one, in the same registry.
/// </summary>
internal sealed class RegistryInquiry(RegistrySource source, SchemaKey key, TimeProvider time)
{
    // Nobody supersedes that often; a registry that makes up versions as it is asked would.
    private const int MaxSuperseding = 20;

    private readonly List<RegistryError> _errors = [];
    private SchemaKey _current = key;
    private int _superseded;
    private int _attempts;
    private DateTimeOffset _lastAttempt = time.GetUtcNow();

    /// <summary>Whether the registry is asked over a network.</summary>
    public bool IsRemote => source.IsRemote;

    /// <summary>Whether the registry failed and may be asked again.</summary>
    public bool IsWorthRetrying { get; private set; }

    /// <summary>Whether it has not said if it has the schema.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>
    /// Asks once, unless the registry is known to be down, and once more for each version that supersedes the one before. What is
    /// the matter with the schema, if the registry has it.
    /// </summary>
    public async ValueTask<SchemaLookup?> AskAsync(CancellationToken cancellation)
    {
        while (await FetchAsync(cancellation) is { } document)
        {
            var description = SchemaDescription.Read(document);
            if (description.Issues.Count > 0)
                return new SchemaLookup.Unusable(description.Issues);
            if (description.SupersededBy is not { } version)
                return Compile(document);
            if (GoOnTo(version) is { } mistake)
                return Unusable(mistake);
        }

        return IsOpen || _superseded == 0
            ? null
            : Unusable($"it leads to {_current.Version}, which the registry '{source.Registry.Name}' does not have");
    }

    /// <summary>It is not to be asked, for a reason that may pass.</summary>
    public void Refuse(string reason)
    {
        RegistryMetrics.Count(source.Registry.Name, "NotAsked");
        Note(RegistryError.ClientFailure(reason));
    }

    /// <summary>No time is left for further attempts.</summary>
    public void GiveUp() => source.Circuit.GaveUp();

    /// <summary>The entry for the lookup's history.</summary>
    public RegistryLookup ToLookup() => new(source.Registry.Name, [.. _errors], _attempts, _lastAttempt);

    private async ValueTask<byte[]?> FetchAsync(CancellationToken cancellation)
    {
        IsOpen = true;
        IsWorthRetrying = source.Circuit.TryEnter(out var lastError);
        if (!IsWorthRetrying)
        {
            RegistryMetrics.Count(source.Registry.Name, "NotAsked");
            Note(lastError!);
            return null;
        }

        _attempts++;
        _lastAttempt = time.GetUtcNow();
        var answer = await source.Registry.FetchAsync(_current, cancellation);
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

    // Versions only ever rise, so that no circle can be gone round.
    private string? GoOnTo(string version)
    {
        if (SchemaDescription.WithVersion(_current, version) is not { } next)
            return $"'{version}' is no version, which is MODEL-REVISION-ADDITION";
        if ((next.Model, next.Revision, next.Addition).CompareTo((_current.Model, _current.Revision, _current.Addition)) <= 0)
            return $"{next.Version} is not higher than {_current.Version}, which it is to supersede";
        _current = next;
        return ++_superseded > MaxSuperseding ? $"it leads over more than {MaxSuperseding} versions" : null;
    }

    private SchemaLookup Compile(byte[] document) =>
        CompiledSchema.TryCompile(document, out var schema, out var issues)
            ? new SchemaLookup.Found(schema, _superseded == 0 ? null : _current)
            : new SchemaLookup.Unusable(issues);

    private static SchemaLookup.Unusable Unusable(string mistake) => new([new SchemaIssue("#/$supersededBy", mistake)]);

    private void Note(RegistryError error)
    {
        if (!_errors.Contains(error))
            _errors.Add(error);
    }
}
