using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>A result that is kept.</summary>
/// <param name="key">What was looked up.</param>
/// <param name="result">What became of it.</param>
/// <param name="expiresAt">When it should be looked up again.</param>
internal sealed class SchemaCacheEntry(SchemaKey key, SchemaLookup result, DateTimeOffset expiresAt)
{
    private long _lastUsed;

    /// <summary>What was looked up.</summary>
    public SchemaKey Key => key;

    /// <summary>What became of it.</summary>
    public SchemaLookup Result => result;

    /// <summary>When it should be looked up again.</summary>
    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>Timestamp of the latest use.</summary>
    public long LastUsed
    {
        get => Volatile.Read(ref _lastUsed);
        set => Volatile.Write(ref _lastUsed, value);
    }
}
