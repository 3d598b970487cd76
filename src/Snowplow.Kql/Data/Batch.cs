namespace Snowplow.Kql.Data;

/// <summary>
/// Some rows: columns of equal length and, after a filter, the rows of them that count. A column is gathered when it is first asked for, so that
/// columns nobody reads cost nothing. Used by one thread at a time.
/// </summary>
public sealed class Batch
{
    /// <summary>Rows in a batch of a scan: enough to spread the cost of a call, few enough for the cache and the small object heap.</summary>
    public const int Size = 8192;

    private readonly Column?[] _source;
    private readonly Column?[] _gathered;
    private readonly int[]? _selection;
    private readonly Func<int, Column>? _load;
    private readonly Func<int, int[], Column?>? _loadRows;

    /// <summary>A batch of whole columns.</summary>
    public Batch(RowSchema schema, Column[] columns, int rowCount)
        : this(schema, columns, null, rowCount, null, null)
    {
    }

    private Batch(RowSchema schema, Column?[] source, int[]? selection, int rowCount, Func<int, Column>? load, Func<int, int[], Column?>? loadRows)
    {
        Schema = schema;
        _source = source;
        _selection = selection;
        _load = load;
        _loadRows = loadRows;
        _gathered = selection is null ? source : new Column?[source.Length];
        RowCount = rowCount;
    }

    /// <summary>The columns.</summary>
    public RowSchema Schema { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The values of a column by its place.</summary>
    public Column this[int place] => _gathered[place] ??= _selection is null ? _load!(place) : Rows(place, _selection);

    /// <summary>The values of a column.</summary>
    public Column this[ColumnSymbol column] => this[Schema.PlaceOf(column)];

    /// <summary>A batch whose columns are read when they are first asked for.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="load">Reads the column at a place.</param>
    /// <param name="loadRows">Reads some rows of it, where that is less than all of them; else gives null.</param>
    public static Batch Lazy(RowSchema schema, int rowCount, Func<int, Column> load, Func<int, int[], Column?>? loadRows = null) =>
        new(schema, new Column?[schema.Count], null, rowCount, load, loadRows);

    /// <summary>The rows named, which count within this batch, in that order.</summary>
    public Batch Select(int[] rows)
    {
        if (_selection is null) return new Batch(Schema, _source, rows, rows.Length, _load, _loadRows);
        var composed = GC.AllocateUninitializedArray<int>(rows.Length);
        for (var i = 0; i < rows.Length; i++) composed[i] = _selection[rows[i]];
        return new Batch(Schema, _source, composed, composed.Length, _load, _loadRows);
    }

    /// <summary>Those of the rows that are also among others.</summary>
    /// <param name="rows">The others, as their places before any was selected, in order; those that count are in order too.</param>
    public Batch SelectOf(int[] rows) => _selection is null ? Select(rows) : Within(rows);

    /// <summary>Some rows in a line.</summary>
    public Batch Slice(int start, int count)
    {
        if (start == 0 && count == RowCount) return this;
        if (_selection is not null)
        {
            // What nobody has gathered yet is gathered for these rows alone.
            return Lazy(Schema, count, place => _gathered[place] is { } column ? column.Slice(start, count) : Rows(place, _selection[start..(start + count)]));
        }

        // A few rows may be had without the rest.
        if (_loadRows is not null && count <= RowCount / 8) return Select([.. Enumerable.Range(start, count)]);
        return Lazy(Schema, count, place => this[place].Slice(start, count));
    }

    /// <summary>Reads what is not read yet, but gathers nothing: several threads may have slices afterwards.</summary>
    public void Load()
    {
        for (var place = 0; place < _source.Length; place++) _ = Source(place);
    }

    /// <summary>The same rows under other columns.</summary>
    public Batch With(RowSchema schema, Column[] columns) => new(schema, columns, RowCount);

    private Batch Within(int[] rows)
    {
        var both = new List<int>(rows.Length);
        var at = 0;
        foreach (var row in rows)
        {
            while (at < _selection!.Length && _selection[at] < row) at++;
            if (at < _selection.Length && _selection[at] == row) both.Add(row);
        }

        return new Batch(Schema, _source, [.. both], both.Count, _load, _loadRows);
    }

    private Column Rows(int place, int[] selection) => (_source[place] is null ? _loadRows?.Invoke(place, selection) : null) ?? Source(place).Take(selection);

    private Column Source(int place) => _source[place] ??= _load!(place);
}
