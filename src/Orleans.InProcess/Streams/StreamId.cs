using System.Globalization;

namespace Orleans.Runtime;

/// <summary>A stream's identity within its provider: a namespace, which may be absent, and a key.</summary>
public readonly struct StreamId : IEquatable<StreamId>
{
    private readonly string? _namespace;
    private readonly string _key;

    private StreamId(string? ns, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _namespace = string.IsNullOrEmpty(ns) ? null : ns;
        _key = key;
    }

    /// <summary>The stream of that name.</summary>
    public static StreamId Create(string? ns, string key) => new(ns, key);

    /// <summary>The stream with that GUID.</summary>
    public static StreamId Create(string? ns, Guid key) => new(ns, key.ToString("N"));

    /// <summary>The stream with that number.</summary>
    public static StreamId Create(string? ns, long key) => new(ns, key.ToString(CultureInfo.InvariantCulture));

    /// <summary>The namespace; null when it has none.</summary>
    public string? GetNamespace() => _namespace;

    /// <summary>The key as text.</summary>
    public string GetKeyAsString() => _key ?? "";

    /// <inheritdoc/>
    public bool Equals(StreamId other) => _key == other._key && _namespace == other._namespace;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_namespace, _key);

    /// <summary>Namespace and key with a slash between them.</summary>
    public override string ToString() => $"{_namespace ?? "null"}/{_key}";

    /// <summary>Equality of namespace and key.</summary>
    public static bool operator ==(StreamId left, StreamId right) => left.Equals(right);

    /// <summary>Inequality of namespace or key.</summary>
    public static bool operator !=(StreamId left, StreamId right) => !left.Equals(right);
}
