using System.Buffers;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>The values of a whole column on their way to a file, without the rows that have none. They are in a pooled array, which goes back at the end.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class Entries<T> : IDisposable
    where T : unmanaged
{
    private readonly T[] _values;
    private readonly int[] _starts;

    /// <summary>Values that were collected.</summary>
    /// <param name="values">The values, and perhaps more behind them: rented of the shared pool, to which it goes back.</param>
    /// <param name="starts">For each block of rows where its values start, and where the last one's end.</param>
    /// <param name="valid">A bit for each row; null where all have a value.</param>
    /// <param name="rowCount">Number of rows.</param>
    public Entries(T[] values, int[] starts, ulong[]? valid, int rowCount)
    {
        _values = values;
        _starts = starts;
        Valid = valid;
        RowCount = rowCount;
    }

    /// <summary>A bit for each row, set where it has a value; null where all have one.</summary>
    public ulong[]? Valid { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Number of blocks of <see cref="Batch.Size"/> rows.</summary>
    public int BlockCount => _starts.Length - 1;

    /// <summary>All values.</summary>
    public ReadOnlySpan<T> All => _values.AsSpan(0, _starts[^1]);

    /// <summary>The values of a block of rows.</summary>
    public ReadOnlySpan<T> Block(int block) => _values.AsSpan(_starts[block].._starts[block + 1]);

    /// <summary>The values as others.</summary>
    public Entries<TOther> Select<TOther>(Func<T, TOther> map)
        where TOther : unmanaged
    {
        var all = All;
        var others = ArrayPool<TOther>.Shared.Rent(all.Length);
        for (var i = 0; i < all.Length; i++) others[i] = map(all[i]);
        return new Entries<TOther>(others, _starts, Valid, RowCount);
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<T>.Shared.Return(_values);

    /// <summary>Collects the values of all parts.</summary>
    /// <param name="parts">Columns of <typeparamref name="TElement"/>, which have <paramref name="rowCount"/> rows together.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="map">Makes a value of an element.</param>
    public static Entries<T> Of<TElement>(IEnumerable<Column> parts, int rowCount, Func<TElement, T> map)
        where TElement : unmanaged
    {
        var values = ArrayPool<T>.Shared.Rent(rowCount);
        var starts = new int[((rowCount + Batch.Size - 1) / Batch.Size) + 1];
        var valid = new ulong[(rowCount + 63) / 64];
        var (row, count) = (0, 0);
        foreach (var part in parts)
        {
            if (row + part.Length > rowCount) throw new ArgumentException($"The parts have more than {rowCount} rows.", nameof(parts));
            var column = (ValueColumn<TElement>)part;
            for (var i = 0; i < part.Length; i++, row++)
            {
                if (row % Batch.Size == 0) starts[row / Batch.Size] = count;
                if (column.Valid is not null && column.IsNull(i)) continue;
                valid[row >> 6] |= 1UL << (row & 63);
                values[count++] = map(column[i]);
            }
        }

        if (row != rowCount) throw new ArgumentException($"The parts have {row} rows, not {rowCount}.", nameof(parts));
        starts[^1] = count;
        return new Entries<T>(values, starts, count == rowCount ? null : valid, rowCount);
    }
}
