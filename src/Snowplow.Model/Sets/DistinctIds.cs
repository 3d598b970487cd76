using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Sets;

/// <summary>
/// Counts distinct hashed ids: exactly up to 256, beyond by the k-minimum-values estimate (Bar-Yossef et al. 2002; standard
/// error 1/√254, 6 %). Keeps the 256 least hashes, so it depends on the set alone. At most 2 KiB.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class DistinctIds
{
    internal const int Capacity = 256;

    private CompactList<ulong> _least;
    private bool _hasMore;

    /// <summary>Whether <see cref="Count"/> is exact.</summary>
    public bool IsExact => !_hasMore;

    public long Count => _hasMore ? (long)Math.Round((Capacity - 1) / (_least[Capacity - 1] / (double)ulong.MaxValue)) : _least.Count;

    public void Add(ulong id)
    {
        var at = _least.Elements.BinarySearch(id);
        if (at >= 0) return;
        if (_least.Count == Capacity)
        {
            _hasMore = true;
            if (id > _least[Capacity - 1]) return;
            _least.RemoveAt(Capacity - 1);
        }

        _least.Insert(~at, id);
    }

    public void UnionWith(DistinctIds other)
    {
        _hasMore |= other._hasMore;
        foreach (var id in other._least.Elements) Add(id);
    }

    // The hashes in ascending order; one byte after them where there are more.
    internal sealed class Converter : JsonConverter<DistinctIds>
    {
        public override DistinctIds Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var bytes = reader.GetBytesFromBase64();
            var ids = new DistinctIds();
            var packed = new PackedReader(bytes.AsSpan(0, bytes.Length / 8 * 8));
            while (!packed.IsAtEnd) ids.Add(packed.Read());
            ids._hasMore |= bytes.Length % 8 != 0;
            return ids;
        }

        public override void Write(Utf8JsonWriter writer, DistinctIds value, JsonSerializerOptions options)
        {
            var packed = new PackedWriter(stackalloc byte[Capacity * 8 + 1]);
            foreach (var id in value._least.Elements) packed.Write(id);
            if (value._hasMore) packed.WriteVarint(1);
            writer.WriteBase64StringValue(packed.Written);
        }
    }
}
