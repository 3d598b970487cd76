using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Sessions;

/// <summary>
/// When a row last changed, and through which partitions. A partition's checkpoint takes the rows that changed through
/// events of its unfinished range; so a row is returned as often as that range is tried, and never again once it is safe.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class RowMark
{
    // The end of the last batch that changed the row, by partition. Nearly always one: a user's events share a partition.
    private (string Partition, long UpTo)[] _changedBy = [];

    /// <summary>The revision of the state with which the row's content was first written; 0 before.</summary>
    public long Revision { get; private set; }

    /// <summary>Whether the content has changed since <see cref="Stamp"/>.</summary>
    public bool IsChanged { get; private set; }

    public void Change(string partition, long upTo)
    {
        IsChanged = true;
        for (var i = 0; i < _changedBy.Length; i++)
        {
            if (_changedBy[i].Partition != partition) continue;
            _changedBy[i].UpTo = Math.Max(upTo, _changedBy[i].UpTo);
            return;
        }

        _changedBy = [.. _changedBy, (partition, upTo)];
    }

    public void ChangeWith(RowMark other)
    {
        foreach (var (partition, upTo) in other._changedBy) Change(partition, upTo);
        IsChanged = true;
    }

    /// <summary>Says that the row changes with the next write though no event asks for it: its next reader will get it.</summary>
    public void ChangeByRules() => IsChanged = true;

    public void Stamp(long revision)
    {
        Revision = revision;
        IsChanged = false;
    }

    public bool ChangedSince(string partition, long finished)
    {
        foreach (var (by, upTo) in _changedBy)
            if (by == partition) return upTo > finished;
        return false;
    }

    /// <summary>Whether every partition that changed the row has finished the range in which it did; forgets them then.</summary>
    public bool Settle(Positions positions)
    {
        if (IsChanged) return false;
        foreach (var (partition, upTo) in _changedBy)
            if (!positions.IsFinished(partition, upTo)) return false;
        _changedBy = [];
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
                mark._changedBy = [.. mark._changedBy, (string.Intern(partition), reader.GetInt64())];
            }

            return mark;
        }

        public override void Write(Utf8JsonWriter writer, RowMark value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.Revision);
            foreach (var (partition, upTo) in value._changedBy)
            {
                writer.WriteStringValue(partition);
                writer.WriteNumberValue(upTo);
            }

            writer.WriteEndArray();
        }
    }
}
