namespace Snowplow.Kql.Data;

/// <summary>
/// A column of dynamic values: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="DateTime"/>,
/// <see cref="TimeSpan"/>, <see cref="Guid"/>, <see cref="string"/>, an array (<c>object?[]</c>) or a <see cref="Bag"/>. It may hold JSON texts, each of
/// which is parsed when its row is first read.
/// </summary>
public sealed class DynamicColumn : Column
{
    // Stands where a text has not been parsed yet.
    private static readonly object Unread = new();

    private readonly object?[] _values;
    private readonly int _start;

    private DynamicColumn(object?[] values, StringColumn? texts, int start, int length, bool isConstant)
        : base(KqlType.Dynamic, length, isConstant)
    {
        _values = values;
        _start = start;
        Texts = texts;
    }

    /// <summary>A column over an array, which belongs to it from now on.</summary>
    public DynamicColumn(object?[] values)
        : this(values, null, 0, values.Length, false)
    {
    }

    /// <summary>A column of JSON texts; the empty text is null, and a text that is no JSON is itself a string.</summary>
    public DynamicColumn(StringColumn texts)
        : this(new object?[texts.IsConstant ? 1 : texts.Length], texts, 0, texts.Length, texts.IsConstant) => Array.Fill(_values, Unread);

    /// <summary>The JSON texts of the rows, as they came; null where the column has none.</summary>
    public StringColumn? Texts { get; }

    /// <summary>The JSON texts of the rows: as they came, or compact; empty for null.</summary>
    public StringColumn ToTexts()
    {
        if (Texts is not null) return Texts;
        if (IsConstant) return StringColumn.Constant(this[0] is null ? "" : DynamicJson.Text(this[0]), Length);
        var builder = new StringColumnBuilder();
        for (var row = 0; row < Length; row++) builder.Add(this[row] is null ? "" : DynamicJson.Text(this[row]));
        return builder.Finish();
    }

    /// <inheritdoc/>
    public override bool HasNulls => true;

    /// <summary>The value of a row.</summary>
    public object? this[int row]
    {
        get
        {
            ref var value = ref _values[IsConstant ? _start : _start + row];
            // Two threads may parse it; either value stays.
            if (ReferenceEquals(value, Unread)) value = DynamicJson.Parse(Texts!.Utf8(row));
            return value;
        }
    }

    /// <summary>A column with the same value in all rows.</summary>
    public static DynamicColumn Constant(object? value, int length) => new([value], null, 0, length, true);

    /// <inheritdoc/>
    public override bool IsNull(int row) => Texts is { } texts && texts.Utf8(row) is [(byte)'{' or (byte)'[', ..] ? false : this[row] is null;

    /// <inheritdoc/>
    public override object? Box(int row) => this[row];

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new object?[rows.Length];
        if (Texts is not null && !IsConstant && !rows.ContainsAnyExceptInRange(0, Length - 1))
        {
            // What is parsed already is taken along.
            for (var i = 0; i < rows.Length; i++) taken[i] = _values[_start + rows[i]];
            return new DynamicColumn(taken, (StringColumn)Texts.Take(rows), 0, rows.Length, false);
        }

        for (var i = 0; i < rows.Length; i++) taken[i] = rows[i] < 0 ? null : this[rows[i]];
        return new DynamicColumn(taken);
    }

    /// <inheritdoc/>
    public override Column Slice(int start, int length) =>
        IsConstant ? WithLength(length) : new DynamicColumn(_values, (StringColumn?)Texts?.Slice(start, length), _start + start, length, false);

    /// <inheritdoc/>
    internal override ReadOnlySpan<T> ValuesAs<T>()
    {
        if (Texts is not null)
            for (var i = 0; i < (IsConstant ? 1 : Length); i++) _ = this[i];
        return ((T[])(object)_values).AsSpan(_start, IsConstant ? 1 : Length);
    }

    /// <inheritdoc/>
    internal override Column WithLength(int length) => new DynamicColumn(_values, (StringColumn?)Texts?.WithLength(length), _start, length, true);
}
