using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Snowplow.Model.Rules;

/// <summary>
/// What sources are known for, such as <c>search</c>. A source is found as it stands; one with dots also by the domains above
/// it (<c>m.youtube.com</c> by <c>youtube.com</c>) and by <c>name.*</c>, which stands for all domains of a name
/// (<c>www.google.co.uk</c> by <c>google.*</c>). Immutable.
/// </summary>
internal sealed class SourceCategories
{
    private readonly FrozenDictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> _bySource;
    private readonly FrozenDictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> _byName;

    /// <summary>Takes the categories by source, in lower case.</summary>
    public SourceCategories(IReadOnlyDictionary<string, string> categories)
    {
        _bySource = Lookup(categories.Where(pair => !pair.Key.EndsWith(".*", StringComparison.Ordinal)));
        _byName = Lookup(categories.Where(pair => pair.Key.EndsWith(".*", StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key[..^2], pair.Value)));
    }

    /// <summary>The category of a source, or empty where it has none.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> source)
    {
        if (_bySource.TryGetValue(source, out var category)) return category;
        for (var dot = source.IndexOf((byte)'.'); dot >= 0; dot = source.IndexOf((byte)'.'))
        {
            if (_byName.TryGetValue(source[..dot], out category)) return category;
            source = source[(dot + 1)..];
            if (_bySource.TryGetValue(source, out category)) return category;
        }

        return default;
    }

    private static FrozenDictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> Lookup(IEnumerable<KeyValuePair<string, string>> categories) =>
        categories
            .ToFrozenDictionary(pair => Encoding.UTF8.GetBytes(pair.Key), pair => Encoding.UTF8.GetBytes(pair.Value), new ByBytes())
            .GetAlternateLookup<ReadOnlySpan<byte>>();

    private sealed class ByBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)Hash.Of(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
