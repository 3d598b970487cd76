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

    /// <summary>A batch of whole columns.</summary>
    public Batch(RowSchema schema, Column[] columns, int rowCount)
        : this(schema, columns, null, rowCount, null)
    {
    }

    private Batch(RowSchema schema, Column?[] source, int[]? selection, int rowCount, Func<int, Column>? load)
    {
        Schema = schema;
        _source = source;
        _selection = selection;
        _load = load;
        _gathered = selection is null ? source : new Column?[source.Length];
        RowCount = rowCount;
    }

    /// <summary>The columns.</summary>
    public RowSchema Schema { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The values of a column by its place.</summary>
    public Column this[int place] => _gathered[place] ??= _selection is null ? _load!(place) : Source(place).Take(_selection);

    /// <summary>The values of a column.</summary>
    public Column this[ColumnSymbol column] => this[Schema.PlaceOf(column)];

    /// <summary>A batch whose columns are read when they are first asked for.</summary>
    public static Batch Lazy(RowSchema schema, int rowCount, Func<int, Column> load) => new(schema, new Column?[schema.Count], null, rowCount, load);

    /// <summary>The rows named, which count within this batch, in that order.</summary>
    public Batch Select(int[] rows)
    {
        if (_selection is null) return new Batch(Schema, _source, rows, rows.Length, _load);
        var composed = GC.AllocateUninitializedArray<int>(rows.Length);
        for (var i = 0; i < rows.Length; i++) composed[i] = _selection[rows[i]];
        return new Batch(Schema, _source, composed, composed.Length, _load);
    }

    /// <summary>Some rows in a line.</summary>
    public Batch Slice(int start, int count)
    {
        if (start == 0 && count == RowCount) return this;
        if (_selection is null) return Lazy(Schema, count, place => this[place].Slice(start, count));
        // What nobody has gathered yet is gathered for these rows alone.
        return Lazy(Schema, count, place => _gathered[place] is { } column ? column.Slice(start, count) : Source(place).Take(_selection.AsSpan(start, count)));
    }

    /// <summary>Reads what is not read yet, but gathers nothing: several threads may have slices afterwards.</summary>
    public void Load()
    {
        for (var place = 0; place < _source.Length; place++) _ = Source(place);
    }

    /// <summary>The same rows under other columns.</summary>
    public Batch With(RowSchema schema, Column[] columns) => new(schema, columns, RowCount);

    private Column Source(int place) => _source[place] ??= _load!(place);
}
