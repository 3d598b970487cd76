using System.Collections;

namespace Snowplow.Kql.Data;

/// <summary>The columns of batches, in order.</summary>
public sealed class RowSchema : IReadOnlyList<ColumnSymbol>
{
    private readonly ColumnSymbol[] _columns;
    private readonly Dictionary<ColumnSymbol, int> _places = [];

    /// <summary>A schema of these columns, which must differ.</summary>
    public RowSchema(IEnumerable<ColumnSymbol> columns)
    {
        _columns = [.. columns];
        for (var i = 0; i < _columns.Length; i++) _places.Add(_columns[i], i);
    }

    /// <summary>Number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>A column by its place.</summary>
    public ColumnSymbol this[int index] => _columns[index];

    /// <summary>The place of a column; it must be one of them.</summary>
    public int PlaceOf(ColumnSymbol column) => _places[column];

    /// <summary>Whether the column is one of them.</summary>
    public bool Contains(ColumnSymbol column) => _places.ContainsKey(column);

    /// <summary>The column of that name; null where there is none.</summary>
    public ColumnSymbol? Find(string name) => Array.Find(_columns, column => column.Name == name);

    /// <inheritdoc/>
    public IEnumerator<ColumnSymbol> GetEnumerator() => _columns.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
