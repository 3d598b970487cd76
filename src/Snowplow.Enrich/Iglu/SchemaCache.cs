using System.Collections.Concurrent;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>Results of lookups, at most a number of them; the one not used for longest gives way. Thread-safe.</summary>
internal sealed class SchemaCache
{
    private readonly int _size;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<SchemaKey, SchemaCacheEntry> _entries = new(SchemaKeyComparer.Instance);
    private readonly ConcurrentDictionary<SchemaKey, SchemaCacheEntry>.AlternateLookup<ReadOnlySpan<byte>> _byUri;

    public SchemaCache(int size, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _size = size;
        _time = time;
        _byUri = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The entry of a key, by the bytes of its URI; null if there is none. It may be over its age.</summary>
    public SchemaCacheEntry? Find(ReadOnlySpan<byte> utf8Uri)
    {
        if (!_byUri.TryGetValue(utf8Uri, out var entry))
            return null;

        entry.LastUsed = _time.GetTimestamp();
        return entry;
    }

    /// <summary>Keeps a result until its age.</summary>
    public void Put(SchemaKey key, SchemaLookup result, TimeSpan age)
    {
        if (_entries.Count >= _size && !_entries.ContainsKey(key))
            RemoveLeastRecentlyUsed();
        _entries[key] = new SchemaCacheEntry(key, result, _time.GetUtcNow() + age) { LastUsed = _time.GetTimestamp() };
    }

    /// <summary>Forgets a result.</summary>
    public void Remove(SchemaKey key) => _entries.TryRemove(key, out _);

    /// <summary>Looks at all entries: additions are rare beside hits, and a list in order of use would make every hit a write.</summary>
    private void RemoveLeastRecentlyUsed()
    {
        var oldest = _entries.MinBy(entry => entry.Value.LastUsed).Key;
        if (oldest is not null)
            _entries.TryRemove(oldest, out _);
    }
}
