using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Sessions;

/// <summary>
/// When a row last changed, and through which partitions. A partition's checkpoint takes the rows that changed through
/// events of its unfinished range; so a row is returned as often as that range is tried, and never again once it is safe. Keep it in a field
/// that is not readonly: it takes no object of its own.
/// </summary>
[JsonConverter(typeof(Converter))]
internal struct RowMark
{
    // The end of the last batch that changed the row, by partition.
    private ByPartition<long> _changedBy;

    /// <summary>The revision of the state with which the row's content was first written; 0 before.</summary>
    public long Revision { readonly get; private set; }

    /// <summary>Whether the content has changed since <see cref="Stamp"/>.</summary>
    public bool IsChanged { readonly get; private set; }

    public void Change(string partition, long upTo)
    {
        IsChanged = true;
        ref var known = ref _changedBy.Of(partition);
        known = Math.Max(known, upTo);
    }

    public void ChangeWith(in RowMark other)
    {
        for (var i = 0; i < other._changedBy.Count; i++) Change(other._changedBy[i].Partition, other._changedBy[i].Value);
        IsChanged = true;
    }

    /// <summary>Says that the row changes with the next write though no event asks for it: its next reader will get it.</summary>
    public void ChangeByRules() => IsChanged = true;

    public void Stamp(long revision)
    {
        Revision = revision;
        IsChanged = false;
    }

    public readonly bool ChangedSince(string partition, long finished) => _changedBy.Find(partition) > finished;

    /// <summary>Whether every partition that changed the row has finished the range in which it did; forgets them then.</summary>
    public bool Settle(Positions positions)
    {
        if (IsChanged) return false;
        for (var i = 0; i < _changedBy.Count; i++)
            if (!positions.IsFinished(_changedBy[i].Partition, _changedBy[i].Value)) return false;
        _changedBy = default;
        return true;
    }

    // [revision, partition, upTo, …]
    internal sealed class Converter : JsonConverter<RowMark>
    {
        public override RowMark Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var mark = new RowMark();
            reader.Read();
            mark.Revision = reader.GetInt64();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                var partition = reader.GetString()!;
                reader.Read();
                mark._changedBy.Of(string.Intern(partition)) = reader.GetInt64();
            }

            return mark;
        }

        public override void Write(Utf8JsonWriter writer, RowMark value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.Revision);
            for (var i = 0; i < value._changedBy.Count; i++)
            {
                writer.WriteStringValue(value._changedBy[i].Partition);
                writer.WriteNumberValue(value._changedBy[i].Value);
            }

            writer.WriteEndArray();
        }
    }
}
