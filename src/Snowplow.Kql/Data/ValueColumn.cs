using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Snowplow.Kql.Data;

/// <summary>
/// A column of values of fixed size: <see cref="bool"/>, <see cref="int"/>, <see cref="long"/> (also ticks of datetime and timespan),
/// <see cref="double"/>, <see cref="decimal"/> or <see cref="System.Guid"/>.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class ValueColumn<T> : Column
    where T : unmanaged
{
    private readonly T[] _values;
    private readonly int _start;

    private ValueColumn(KqlType type, T[] values, int start, int length, Bitmap? valid, bool isConstant)
        : base(type, length, isConstant)
    {
        _values = values;
        _start = start;
        Valid = valid;
    }

    /// <summary>A column over an array, which belongs to it from now on.</summary>
    /// <param name="type">The type; its elements must be <typeparamref name="T"/>.</param>
    /// <param name="values">One element a row; anything where the row is null.</param>
    /// <param name="valid">Which rows have a value; null for all.</param>
    public ValueColumn(KqlType type, T[] values, Bitmap? valid = null)
        : this(type, values, 0, values.Length, valid, false)
    {
    }

    /// <summary>Which rows have a value; null for all. Of a constant, one row.</summary>
    public Bitmap? Valid { get; }

    /// <summary>The elements; of a constant, one.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(_start, IsConstant ? 1 : Length);

    /// <inheritdoc/>
    public override bool HasNulls => Valid is not null;

    /// <summary>The element of a row, anything where it is null.</summary>
    public T this[int row] => _values[IsConstant ? _start : _start + row];

    /// <summary>A column with the same value in all rows; null for null.</summary>
    internal static ValueColumn<T> Constant(KqlType type, T? value, int length) =>
        new(type, [value.GetValueOrDefault()], 0, length, value is null ? new Bitmap(1, false) : null, true);

    /// <inheritdoc/>
    public override bool IsNull(int row) => Valid is { } valid && !valid[IsConstant ? 0 : row];

    /// <inheritdoc/>
    public override object? Box(int row)
    {
        if (IsNull(row)) return null;
        object value = this[row];
        return Type switch
        {
            KqlType.DateTime => new DateTime((long)value, DateTimeKind.Utc),
            KqlType.TimeSpan => new TimeSpan((long)value),
            _ => value,
        };
    }

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = GC.AllocateUninitializedArray<T>(rows.Length);
        Bitmap? valid = null;
        if (Valid is null && !IsConstant)
        {
            var values = Values;
            for (var i = 0; i < rows.Length; i++)
            {
                var row = rows[i];
                if (row >= 0) taken[i] = values[row];
                else Clear(ref valid, i);
            }
        }
        else
        {
            for (var i = 0; i < rows.Length; i++)
            {
                if (rows[i] < 0 || IsNull(rows[i])) Clear(ref valid, i);
                else taken[i] = this[rows[i]];
            }
        }

        return new ValueColumn<T>(Type, taken, valid);

        void Clear(ref Bitmap? bits, int row)
        {
            bits ??= new Bitmap(taken.Length, true);
            bits[row] = false;
            taken[row] = default;
        }
    }

    /// <inheritdoc/>
    public override Column Slice(int start, int length) =>
        IsConstant ? WithLength(length) : new ValueColumn<T>(Type, _values, _start + start, length, Valid?.Slice(start, length), false);

    /// <inheritdoc/>
    internal override Column WithLength(int length) => new ValueColumn<T>(Type, _values, _start, length, Valid, true);

    /// <inheritdoc/>
    internal override ReadOnlySpan<TElement> ValuesAs<TElement>()
    {
        var values = Values;
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetReference(values)), values.Length);
    }

    /// <summary>The same elements as another type of that element: ticks as long, and back.</summary>
    internal ValueColumn<T> As(KqlType type) => new(type, _values, _start, Length, Valid, IsConstant);
}
