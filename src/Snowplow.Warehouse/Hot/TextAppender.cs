using System.Text;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Hot;

/// <summary>A growing column of strings or JSON texts, each of which is kept once.</summary>
public sealed class TextAppender : ColumnAppender
{
    private const int MostRoomBytes = 4 << 20;
    private const int MostRoomStrings = 1 << 16;

    private readonly StringInterner _interner;

    // Null while all rows are the first of the strings.
    private volatile GrowingArray<int>? _codes;

    // How many strings there are: whoever knows of a row sees at least so many as it needs.
    private int _known;
    private volatile StringPool? _pool;

    internal TextAppender(KqlType type, TextAppender? former)
        : base(type)
    {
        // As much as the last one had, but little enough not to matter where both are in memory.
        _interner = former is null ? new StringInterner() : new StringInterner(Math.Min(former._interner.TextBytes, MostRoomBytes), Math.Min(former._interner.Count, MostRoomStrings));
    }

    /// <inheritdoc/>
    public override long SizeBytes => _interner.TextBytes + (16L * _interner.Count) + (_codes?.SizeBytes ?? 0);

    /// <inheritdoc/>
    public override void AppendNull() => AppendText([]);

    /// <inheritdoc/>
    public override void AppendText(ReadOnlySpan<byte> utf8)
    {
        if (_codes is null && _known == 1 && _interner[0].SequenceEqual(utf8))
        {
            Count++;
            return;
        }

        var code = _interner.Intern(utf8);
        Volatile.Write(ref _known, _interner.Count);
        if (Count > 0) (_codes ?? Spread()).Add(code);
        Count++;
    }

    /// <summary>Appends a text.</summary>
    public void Append(string text) => AppendText(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public override void Append(Column column, int row)
    {
        var texts = column as StringColumn ?? ((DynamicColumn)column.Slice(row, 1)).ToTexts();
        AppendText(texts.Utf8(column is StringColumn ? row : 0));
    }

    /// <inheritdoc/>
    public override Column Read(int start, int count)
    {
        // The codes first: the strings that they name are there.
        var codes = _codes;
        var texts = codes is null ? StringColumn.Constant(count == 0 ? "" : Encoding.UTF8.GetString(Pool()[0]), count) : Rows(codes, start, count);
        return Type == KqlType.Dynamic ? new DynamicColumn(texts) : texts;
    }

    private StringColumn Rows(GrowingArray<int> codes, int start, int count)
    {
        var parts = new List<Column>();
        var pool = Pool();
        for (var end = start + count; start < end;)
        {
            var (chunk, first) = (start / Batch.Size, start % Batch.Size);
            var rows = Math.Min(end - start, Batch.Size - first);
            parts.Add(new StringColumn(pool, codes[chunk]).Slice(first, rows));
            start += rows;
        }

        return parts.Count == 1 ? (StringColumn)parts[0] : (StringColumn)Columns.Concatenate(KqlType.String, parts);
    }

    // The same pool as long as no string is new, so that what queries know of its strings stays good.
    private StringPool Pool()
    {
        var known = Volatile.Read(ref _known);
        var pool = _pool;
        if (pool is null || pool.Count < known) _pool = pool = _interner.Share(known);
        return pool;
    }

    private GrowingArray<int> Spread()
    {
        var codes = new GrowingArray<int>();
        codes.Fill(0, Count);
        return _codes = codes;
    }
}
