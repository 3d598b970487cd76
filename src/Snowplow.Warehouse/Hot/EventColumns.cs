using Snowplow.Events.Enriched;

namespace Snowplow.Warehouse.Hot;

/// <summary>Enriched events as growing columns, in the order of the TSV. One thread appends; see <see cref="ColumnAppender"/> for those that read.</summary>
public sealed class EventColumns
{
    private readonly ColumnAppender[] _columns = [.. EventTable.Columns.Select(column => ColumnAppender.Of(column.Type))];

    /// <summary>The columns.</summary>
    public IReadOnlyList<ColumnAppender> Columns => _columns;

    /// <summary>Number of events; for the thread that appends.</summary>
    public int Count => _columns[0].Count;

    /// <summary>Bytes taken, about; for the thread that appends.</summary>
    public long SizeBytes => _columns.Sum(column => column.SizeBytes);

    /// <summary>Appends an event.</summary>
    public void Append(EnrichedEvent e)
    {
        for (var field = 0; field < _columns.Length; field++) _columns[field].AppendText(e[(EventField)field]);
    }
}
