using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>
/// Finds schemas by their keys: in its cache, then in the built-in set, folders and HTTP registries. Thread-safe; meant to be one
/// per process.
/// </summary>
/// <remarks>
/// A schema over its age stays in use while it is looked up again, and for as long as its registry is unreachable. A registry that
/// keeps failing is not asked for a while, so one that is down delays the pipeline once, not per event. Found and missing schemas
/// are kept apart, so that events with made-up schema names cannot drive out real ones, and the time spent on looking for made-up
/// ones is bounded (<see cref="IgluOptions.MaxVainWait"/>): beyond it a schema counts as unreachable, and its event can be replayed.
/// </remarks>
public sealed class IgluResolver : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    private readonly IgluOptions _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<RegistrySource> _sources;
    private readonly SchemaCache _found;
    private readonly SchemaCache _missing;
    private readonly VainLookups _vainLookups;
    private readonly ConcurrentDictionary<SchemaKey, Lazy<Task<SchemaLookup>>> _flights = new(SchemaKeyComparer.Instance);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;

    /// <summary>Makes a resolver; nothing is asked yet.</summary>
    /// <param name="options">Registries and times.</param>
    /// <param name="client">For HTTP registries; its own timeout should be infinite. Owned by the caller.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The options contradict themselves; the message says where.</exception>
    public IgluResolver(IgluOptions options, HttpClient client, TimeProvider time)
    {
        _options = options;
        _time = time;
        _stopped = _stopping.Token;
        _sources = RegistrySource.Of(options, client, time);
        _found = new SchemaCache(options.CacheSize, time);
        _missing = new SchemaCache(options.CacheSize, time);
        _vainLookups = new VainLookups(options.MaxVainWait, time);
    }

    /// <summary>
    /// Finds what a schema URI stands for without waiting, if it has been looked up before; then nothing is allocated.
    /// </summary>
    /// <param name="utf8Uri">The URI as it stands in an event.</param>
    /// <param name="key">The URI's key.</param>
    /// <param name="result">What became of the lookup.</param>
    public bool TryGetCached(
        ReadOnlySpan<byte> utf8Uri, [NotNullWhen(true)] out SchemaKey? key, [NotNullWhen(true)] out SchemaLookup? result)
    {
        var entry = Find(utf8Uri);
        (key, result) = (entry?.Key, entry?.Result);
        return entry is not null;
    }

    /// <summary>
    /// Finds a schema. Completes at once if it is cached; otherwise all who ask for the same key wait for one lookup, which takes
    /// no longer than <see cref="IgluOptions.MaxWait"/> and a request. Failures of registries are part of the result, never thrown.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the resolver was disposed.</exception>
    public ValueTask<SchemaLookup> LookupAsync(SchemaKey key, CancellationToken cancellation) =>
        Find(key.Utf8Uri) is { } entry ? new(entry.Result) : new(Fly(key).WaitAsync(cancellation));

    /// <summary>
    /// The versions that registries have of a schema, within its model; lowest first. It is for messages to people: asks every
    /// time, and a registry that fails or does not list its schemas has none.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<IReadOnlyList<SchemaKey>> ListAsync(SchemaKey key, CancellationToken cancellation)
    {
        var keys = new HashSet<SchemaKey>();
        foreach (var source in RegistrySource.InOrder(_sources, key))
            keys.UnionWith(await source.Registry.ListAsync(key, cancellation));
        return [.. keys.OrderBy(version => (version.Revision, version.Addition))];
    }

    /// <summary>Ends lookups under way.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private SchemaCacheEntry? Find(ReadOnlySpan<byte> utf8Uri)
    {
        if (_found.Find(utf8Uri) is { } found)
        {
            // The old schema serves until the new one is there; the flight is not awaited and its result is kept by itself.
            if (found.ExpiresAt <= _time.GetUtcNow())
                _ = Fly(found.Key);
            return found;
        }

        return _missing.Find(utf8Uri) is { } missing && missing.ExpiresAt > _time.GetUtcNow() ? missing : null;
    }

    private Task<SchemaLookup> Fly(SchemaKey key) =>
        _flights.GetOrAdd(key, missing => new Lazy<Task<SchemaLookup>>(() => FlyAsync(missing))).Value;

    private async Task<SchemaLookup> FlyAsync(SchemaKey key)
    {
        try
        {
            // Off the caller's thread: compiling a schema takes milliseconds, and a refresh is nobody's to wait for.
            var result = await Task.Run(() => AskAllAsync(key), _stopped);
            Keep(key, result);
            return result;
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }

    private void Keep(SchemaKey key, SchemaLookup result)
    {
        switch (result)
        {
            case SchemaLookup.Found:
                _missing.Remove(key);
                _found.Put(key, result, _options.CacheTtl);
                break;
            case SchemaLookup.Missing { IsUnreachable: true }:
                // Not kept: the circuits make the next lookup quick. A schema that was there stays for another while.
                if (_found.Find(key.Utf8Uri) is { } old)
                    _found.Put(key, old.Result, _options.NotFoundTtl);
                break;
            default:
                _found.Remove(key);
                _missing.Put(key, result, _options.NotFoundTtl);
                break;
        }
    }

    private async Task<SchemaLookup> AskAllAsync(SchemaKey key)
    {
        var start = _time.GetTimestamp();
        var all = RegistrySource.InOrder(_sources, key).Select(source => new RegistryInquiry(source, key, _time)).ToList();
        var mayAskRemote = _vainLookups.MayAsk;
        foreach (var inquiry in all.Where(inquiry => inquiry.IsRemote && !mayAskRemote))
            inquiry.Refuse($"Not asked: looking for schemas that no registry has took {_options.MaxVainWait.TotalSeconds:0.###} seconds in a minute.");
        var asked = all.Where(inquiry => mayAskRemote || !inquiry.IsRemote).ToList();
        for (var delay = FirstDelay; ; delay = delay * 2 < MaxDelay ? delay * 2 : MaxDelay)
        {
            foreach (var inquiry in asked)
            {
                if (await inquiry.AskAsync(_stopped) is { } lookup)
                    return lookup;
            }

            asked = [.. asked.Where(inquiry => inquiry.IsWorthRetrying)];
            if (asked.Count == 0 || _time.GetElapsedTime(start) + delay > _options.MaxWait)
                break;
            await Task.Delay(delay, _time, _stopped);
        }

        foreach (var inquiry in asked)
            inquiry.GiveUp();
        var missing = new SchemaLookup.Missing([.. all.Select(inquiry => inquiry.ToLookup())], all.Any(inquiry => inquiry.IsOpen));
        if (!missing.IsUnreachable && all.Exists(inquiry => inquiry.IsRemote))
            _vainLookups.Spend(_time.GetElapsedTime(start));
        return missing;
    }
}
