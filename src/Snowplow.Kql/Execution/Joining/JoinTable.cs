using Snowplow.Kql.Data;
using Snowplow.Kql.Execution.Grouping;

namespace Snowplow.Kql.Execution.Joining;

/// <summary>The rows of one side of a join by their keys. A key with a null matches nothing. Made by one thread, read by many.</summary>
internal sealed class JoinTable
{
    private readonly GroupTable _keys;

    // For each key the first row, and for each row the next one of its key; -1 at the end.
    private readonly int[] _first;
    private readonly int[] _next;

    public JoinTable(Batch rows, Column[] keys, QueryContext context)
    {
        Rows = rows;
        _keys = new GroupTable([.. keys.Select(key => key.Type)], context);
        context.Reserve(8L * rows.RowCount);
        var groups = new int[rows.RowCount];
        for (var start = 0; start < rows.RowCount; start += Batch.Size)
        {
            var count = Math.Min(Batch.Size, rows.RowCount - start);
            _keys.Add([.. keys.Select(key => key.Slice(start, count))], groups.AsSpan(start, count));
        }

        _next = new int[rows.RowCount];
        _first = new int[rows.RowCount == 0 ? 0 : _keys.Count];
        Array.Fill(_first, -1);
        for (var row = rows.RowCount - 1; row >= 0; row--)
        {
            _next[row] = _first[groups[row]];
            _first[groups[row]] = row;
        }

        if (!Functions.Core.Kernels.HasNulls(keys)) return;
        for (var row = 0; row < rows.RowCount; row++)
            if (Functions.Core.Kernels.AnyNull(keys, row)) _first[groups[row]] = -1;
    }

    /// <summary>The rows of this side.</summary>
    public Batch Rows { get; }

    /// <summary>For each row of keys the first row here with that key; -1 for none.</summary>
    public int[] Find(Column[] keys, int count)
    {
        var found = new int[count];
        _keys.Look(keys, found);
        for (var i = 0; i < count; i++) found[i] = found[i] < 0 || found[i] >= _first.Length ? -1 : _first[found[i]];
        return found;
    }

    /// <summary>The next row with the same key; -1 at the end.</summary>
    public int Next(int row) => _next[row];
}
