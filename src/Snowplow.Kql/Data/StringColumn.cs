namespace Snowplow.Kql.Data;

/// <summary>A column of strings: for each row the index of its string in a pool, which many columns may share.</summary>
public sealed class StringColumn : Column
{
    private readonly int[] _codes;
    private readonly int _start;

    private StringColumn(StringPool pool, int[] codes, int start, int length, bool isConstant)
        : base(KqlType.String, length, isConstant)
    {
        Pool = pool;
        _codes = codes;
        _start = start;
    }

    /// <summary>A column over an array, which belongs to it from now on.</summary>
    /// <param name="pool">The strings.</param>
    /// <param name="codes">For each row the index of its string.</param>
    public StringColumn(StringPool pool, int[] codes)
        : this(pool, codes, 0, codes.Length, false)
    {
    }

    /// <summary>The strings.</summary>
    public StringPool Pool { get; }

    /// <summary>For each row the index of its string; of a constant, one.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(_start, IsConstant ? 1 : Length);

    /// <inheritdoc/>
    public override bool HasNulls => false;

    /// <summary>The string of a row.</summary>
    public string this[int row] => Pool.Text(Code(row));

    /// <summary>A column with the same string in all rows.</summary>
    public static StringColumn Constant(string text, int length) => new(StringPool.Of([text]), [0], 0, length, true);

    /// <summary>A column of these strings.</summary>
    public static StringColumn Of(ReadOnlySpan<string> texts) => All(StringPool.Of(texts));

    /// <summary>The index of the row's string in the pool.</summary>
    public int Code(int row) => _codes[IsConstant ? _start : _start + row];

    /// <summary>The UTF-8 of a row.</summary>
    public ReadOnlySpan<byte> Utf8(int row) => Pool[Code(row)];

    /// <inheritdoc/>
    public override bool IsNull(int row) => false;

    /// <inheritdoc/>
    public override object? Box(int row) => this[row];

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = GC.AllocateUninitializedArray<int>(rows.Length);
        var missing = false;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= 0)
            {
                taken[i] = Code(rows[i]);
            }
            else
            {
                taken[i] = -1;
                missing = true;
            }
        }

        return missing ? WithEmpty(taken) : new StringColumn(Pool, taken);
    }

    /// <inheritdoc/>
    public override Column Slice(int start, int length) =>
        IsConstant ? WithLength(length) : new StringColumn(Pool, _codes, _start + start, length, false);

    /// <inheritdoc/>
    internal override Column WithLength(int length) => new StringColumn(Pool, _codes, _start, length, true);

    /// <inheritdoc/>
    internal override ReadOnlySpan<T> ValuesAs<T>()
    {
        var texts = new string[IsConstant ? 1 : Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = this[i];
        return (T[])(object)texts;
    }

    /// <summary>A column with a row for each string of a pool.</summary>
    internal static StringColumn All(StringPool pool)
    {
        var codes = GC.AllocateUninitializedArray<int>(pool.Count);
        for (var i = 0; i < codes.Length; i++) codes[i] = i;
        return new StringColumn(pool, codes);
    }

    // Rows without a string need an empty one in the pool: the strings that occur are copied once, with it at their head.
    private StringColumn WithEmpty(int[] codes)
    {
        var moved = new Dictionary<int, int>();
        var texts = new List<string> { "" };
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] < 0)
            {
                codes[i] = 0;
                continue;
            }

            if (!moved.TryGetValue(codes[i], out var index))
            {
                index = texts.Count;
                texts.Add(Pool.Text(codes[i]));
                moved.Add(codes[i], index);
            }

            codes[i] = index;
        }

        return new StringColumn(StringPool.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(texts)), codes);
    }
}
