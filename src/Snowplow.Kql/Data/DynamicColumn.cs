namespace Snowplow.Kql.Data;

/// <summary>
/// A column of dynamic values: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="DateTime"/>,
/// <see cref="TimeSpan"/>, <see cref="Guid"/>, <see cref="string"/>, an array (<c>object?[]</c>) or a <see cref="Bag"/>.
/// </summary>
public sealed class DynamicColumn : Column
{
    private readonly object?[] _values;
    private readonly int _start;

    private DynamicColumn(object?[] values, int start, int length, bool isConstant)
        : base(KqlType.Dynamic, length, isConstant)
    {
        _values = values;
        _start = start;
    }

    /// <summary>A column over an array, which belongs to it from now on.</summary>
    public DynamicColumn(object?[] values)
        : this(values, 0, values.Length, false)
    {
    }

    /// <inheritdoc/>
    public override bool HasNulls => true;

    /// <summary>The value of a row.</summary>
    public object? this[int row] => _values[IsConstant ? _start : _start + row];

    /// <summary>A column with the same value in all rows.</summary>
    public static DynamicColumn Constant(object? value, int length) => new([value], 0, length, true);

    /// <inheritdoc/>
    public override bool IsNull(int row) => this[row] is null;

    /// <inheritdoc/>
    public override object? Box(int row) => this[row];

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new object?[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = rows[i] < 0 ? null : this[rows[i]];
        return new DynamicColumn(taken);
    }

    /// <inheritdoc/>
    public override Column Slice(int start, int length) =>
        IsConstant ? WithLength(length) : new DynamicColumn(_values, _start + start, length, false);

    /// <inheritdoc/>
    internal override ReadOnlySpan<T> ValuesAs<T>() => ((T[])(object)_values).AsSpan(_start, IsConstant ? 1 : Length);

    /// <inheritdoc/>
    internal override Column WithLength(int length) => new DynamicColumn(_values, _start, length, true);
}
