namespace Snowplow.Events.Iglu;

/// <summary>
/// Compares keys by their UTF-8 URI and lets a dictionary be asked by the bytes of a URI as they stand in an event
/// (<c>GetAlternateLookup&lt;ReadOnlySpan&lt;byte&gt;&gt;</c>), without parsing them or making a string.
/// </summary>
public sealed class SchemaKeyComparer : IEqualityComparer<SchemaKey>, IAlternateEqualityComparer<ReadOnlySpan<byte>, SchemaKey>
{
    /// <summary>The one instance; it has no state.</summary>
    public static SchemaKeyComparer Instance { get; } = new();

    private SchemaKeyComparer()
    {
    }

    /// <inheritdoc/>
    public bool Equals(SchemaKey? x, SchemaKey? y) => x == y;

    /// <inheritdoc/>
    public int GetHashCode(SchemaKey obj) => Hash(obj.Utf8Uri);

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<byte> alternate, SchemaKey other) => alternate.SequenceEqual(other.Utf8Uri);

    /// <inheritdoc/>
    public int GetHashCode(ReadOnlySpan<byte> alternate) => Hash(alternate);

    /// <summary>The key of these bytes.</summary>
    /// <exception cref="FormatException">They are no Iglu URI.</exception>
    public SchemaKey Create(ReadOnlySpan<byte> alternate) =>
        SchemaKey.TryParse(alternate, out var key)
            ? key
            : throw new FormatException("The bytes looked up are no Iglu schema URI.");

    /// <summary>A hash seeded per process, so that hostile URIs cannot be made to collide.</summary>
    internal static int Hash(ReadOnlySpan<byte> utf8Uri)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8Uri);
        return hash.ToHashCode();
    }
}
