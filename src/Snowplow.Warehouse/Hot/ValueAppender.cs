using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;

namespace Snowplow.Warehouse.Hot;

/// <summary>A growing column of values of fixed size.</summary>
/// <typeparam name="T">The type of the elements, as of <see cref="ValueColumn{T}"/>.</typeparam>
public sealed class ValueAppender<T> : ColumnAppender
    where T : unmanaged
{
    // What all rows are, as long as there are no arrays; null for null.
    private T? _only;
    private volatile GrowingArray<T>? _values;

    // A bit for each row, set where it has a value; null while all have one.
    private volatile GrowingArray<ulong>? _valid;

    internal ValueAppender(KqlType type)
        : base(type)
    {
    }

    /// <inheritdoc/>
    public override long SizeBytes => (_values?.SizeBytes ?? 0) + (_valid?.SizeBytes ?? 0);

    /// <summary>Appends a value; of datetimes and timespans the ticks.</summary>
    public void Append(T value)
    {
        if (Count == 0) _only = value;
        if (_values is null && _only is { } only && AreSame(only, value))
        {
            Count++;
            return;
        }

        (_values ?? Spread()).Add(value);
        if (_valid is { } valid) Mark(valid, true);
        Count++;
    }

    /// <inheritdoc/>
    public override void AppendNull()
    {
        if (_values is null && _only is null)
        {
            Count++;
            return;
        }

        (_values ?? Spread()).Add(default);
        Mark(_valid ?? MarkAll(), false);
        Count++;
    }

    /// <inheritdoc/>
    public override void AppendText(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty && TryParse(utf8, out var value)) Append(value);
        else AppendNull();
    }

    /// <inheritdoc/>
    public override void Append(Column column, int row)
    {
        if (column.IsNull(row)) AppendNull();
        else Append(((ValueColumn<T>)column)[row]);
    }

    /// <inheritdoc/>
    public override Column Read(int start, int count)
    {
        if (_values is not { } values) return Columns.Constant(Type, _only is { } only ? new ValueColumn<T>(Type, [only]).Box(0) : null, count);
        var parts = new List<Column>();
        for (var end = start + count; start < end;)
        {
            var (chunk, first) = (start / Batch.Size, start % Batch.Size);
            var rows = Math.Min(end - start, Batch.Size - first);
            parts.Add(new ValueColumn<T>(Type, values[chunk], Valid(chunk)).Slice(first, rows));
            start += rows;
        }

        return parts.Count == 1 ? parts[0] : Columns.Concatenate(Type, parts);
    }

    private static bool AreSame(T a, T b) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in a)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in b)));

    // The bits of a chunk's rows: each array of them is for as many chunks as a word has rows.
    private Bitmap? Valid(int chunk)
    {
        if (_valid is not { } valid) return null;
        const int Words = Batch.Size / 64;
        var (array, word) = (chunk * Words / Batch.Size, chunk * Words % Batch.Size);
        var words = valid[array];
        return new Bitmap(words, words.Length * 64).Slice(word * 64, Math.Min(Batch.Size, (words.Length - word) * 64));
    }

    // The rows so far, all the same, as arrays. They are complete before readers see them.
    private GrowingArray<T> Spread()
    {
        var values = new GrowingArray<T>();
        values.Fill(_only.GetValueOrDefault(), Count);
        if (_only is null)
        {
            var valid = new GrowingArray<ulong>();
            valid.Fill(0, (Count + 63) / 64);
            _valid = valid;
        }

        return _values = values;
    }

    private GrowingArray<ulong> MarkAll()
    {
        var valid = new GrowingArray<ulong>();
        valid.Fill(ulong.MaxValue, Count / 64);
        if (Count % 64 > 0) valid.Add((1UL << (Count % 64)) - 1);
        return _valid = valid;
    }

    private void Mark(GrowingArray<ulong> valid, bool hasValue)
    {
        var bit = (hasValue ? 1UL : 0) << (Count & 63);
        if (Count % 64 == 0) valid.Add(bit);
        else valid.Last |= bit;
    }

    private bool TryParse(ReadOnlySpan<byte> utf8, out T value)
    {
        Unsafe.SkipInit(out value);
        if (typeof(T) == typeof(bool)) return FieldText.TryBool(utf8, out Unsafe.As<T, bool>(ref value));
        if (typeof(T) == typeof(int)) return FieldText.TryInt(utf8, out Unsafe.As<T, int>(ref value));
        if (typeof(T) == typeof(double)) return FieldText.TryReal(utf8, out Unsafe.As<T, double>(ref value));
        if (typeof(T) == typeof(decimal)) return FieldText.TryDecimal(utf8, out Unsafe.As<T, decimal>(ref value));
        if (typeof(T) == typeof(Guid)) return FieldText.TryGuid(utf8, out Unsafe.As<T, Guid>(ref value));
        ref var integer = ref Unsafe.As<T, long>(ref value);
        return Type switch
        {
            KqlType.DateTime => FieldText.TryDateTime(utf8, out integer),
            KqlType.TimeSpan => FieldText.TryTimeSpan(utf8, out integer),
            _ => FieldText.TryLong(utf8, out integer),
        };
    }
}
