using System.Text.Json.Serialization;

namespace Snowplow.Model.Sessions;

/// <summary>
/// When a row last changed, and through which partitions. A partition's checkpoint takes the rows that changed through
/// events of its unfinished range; so a row is returned as often as that range is tried, and never again once it is safe.
/// </summary>
internal sealed class RowMark
{
    /// <summary>The revision of the state with which the row's content was first written; 0 before.</summary>
    [JsonPropertyName("r")]
    public long Revision { get; set; }

    /// <summary>The end of the last batch that changed the row, by partition.</summary>
    [JsonPropertyName("p")]
    public Dictionary<string, long> ChangedBy { get; set; } = [];

    /// <summary>Whether the content has changed since <see cref="Stamp"/>.</summary>
    [JsonIgnore]
    public bool IsChanged { get; private set; }

    public void Change(string partition, long upTo)
    {
        ChangedBy[partition] = upTo;
        IsChanged = true;
    }

    public void ChangeWith(RowMark other)
    {
        foreach (var (partition, upTo) in other.ChangedBy)
            ChangedBy[partition] = Math.Max(upTo, ChangedBy.GetValueOrDefault(partition));
        IsChanged = true;
    }

    public void Stamp(long revision)
    {
        Revision = revision;
        IsChanged = false;
    }

    public bool ChangedSince(string partition, long finished) => ChangedBy.GetValueOrDefault(partition) > finished;

    /// <summary>Whether every partition that changed the row has finished the range in which it did.</summary>
    public bool IsSafe(Positions positions)
    {
        if (IsChanged) return false;
        foreach (var (partition, upTo) in ChangedBy)
            if (!positions.IsFinished(partition, upTo)) return false;
        return true;
    }
}
