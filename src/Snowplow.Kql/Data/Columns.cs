namespace Snowplow.Kql.Data;

/// <summary>Makes columns of values as <see cref="Column.Box"/> gives them.</summary>
public static class Columns
{
    /// <summary>A column of these values; null is null.</summary>
    public static Column Of(KqlType type, IReadOnlyList<object?> values) => type switch
    {
        KqlType.Bool => Fill<bool>(values),
        KqlType.Int => Fill<int>(values),
        KqlType.Long => Fill<long>(values),
        KqlType.Real => Fill<double>(values),
        KqlType.Decimal => Fill<decimal>(values),
        KqlType.DateTime => Fill<DateTime>(values),
        KqlType.TimeSpan => Fill<TimeSpan>(values),
        KqlType.Guid => Fill<Guid>(values),
        KqlType.String => Strings(values),
        _ => new DynamicColumn([.. values]),
    };

    /// <summary>A column with the same value in all rows.</summary>
    public static Column Constant(KqlType type, object? value, int length) => type switch
    {
        KqlType.Bool => ValueColumn<bool>.Constant(type, (bool?)value, length),
        KqlType.Int => ValueColumn<int>.Constant(type, (int?)value, length),
        KqlType.Long => ValueColumn<long>.Constant(type, (long?)value, length),
        KqlType.Real => ValueColumn<double>.Constant(type, (double?)value, length),
        KqlType.Decimal => ValueColumn<decimal>.Constant(type, (decimal?)value, length),
        KqlType.DateTime => ValueColumn<long>.Constant(type, ((DateTime?)value)?.Ticks, length),
        KqlType.TimeSpan => ValueColumn<long>.Constant(type, ((TimeSpan?)value)?.Ticks, length),
        KqlType.Guid => ValueColumn<Guid>.Constant(type, (Guid?)value, length),
        KqlType.String => StringColumn.Constant((string?)value ?? "", length),
        _ => DynamicColumn.Constant(value, length),
    };

    /// <summary>A column of nulls (or empty strings).</summary>
    public static Column Nulls(KqlType type, int length) => Constant(type, null, length);

    /// <summary>The rows of all columns, one after the other.</summary>
    public static Column Concatenate(KqlType type, IReadOnlyList<Column> columns)
    {
        if (columns.Count == 1 && !columns[0].IsConstant) return columns[0];
        return type switch
        {
            KqlType.Bool => Join<bool>(type, columns),
            KqlType.Int => Join<int>(type, columns),
            KqlType.Real => Join<double>(type, columns),
            KqlType.Decimal => Join<decimal>(type, columns),
            KqlType.Guid => Join<Guid>(type, columns),
            KqlType.String => JoinStrings(columns),
            KqlType.Dynamic when columns.All(column => column is DynamicColumn { Texts: not null }) => new DynamicColumn(JoinStrings([.. columns.Select(column => ((DynamicColumn)column).Texts!)])),
            KqlType.Dynamic => new DynamicColumn([.. columns.SelectMany(column => Enumerable.Range(0, column.Length).Select(column.Box))]),
            _ => Join<long>(type, columns),
        };
    }

    private static Column Fill<T>(IReadOnlyList<object?> values)
    {
        var writer = new ColumnWriter<T>(values.Count);
        var span = writer.Values;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is T value) span[i] = value;
            else writer.SetNull(i);
        }

        return writer.Finish();
    }

    private static StringColumn Strings(IReadOnlyList<object?> values)
    {
        var builder = new StringColumnBuilder();
        foreach (var value in values) builder.Add((string?)value ?? "");
        return builder.Finish();
    }

    private static ValueColumn<T> Join<T>(KqlType type, IReadOnlyList<Column> columns)
        where T : unmanaged
    {
        var length = columns.Sum(column => column.Length);
        var values = GC.AllocateUninitializedArray<T>(length);
        var valid = columns.Any(column => column.HasNulls) ? new Bitmap(length, true) : null;
        var at = 0;
        foreach (var column in columns)
        {
            var part = (ValueColumn<T>)column;
            if (part.IsConstant) values.AsSpan(at, part.Length).Fill(part[0]);
            else part.Values.CopyTo(values.AsSpan(at));
            if (part.HasNulls)
            {
                for (var i = 0; i < part.Length; i++)
                    if (part.IsNull(i)) valid![at + i] = false;
            }

            at += part.Length;
        }

        return new ValueColumn<T>(type, values, valid);
    }

    // Columns of one pool keep it; else the strings are coded anew.
    private static StringColumn JoinStrings(IReadOnlyList<Column> columns)
    {
        var codes = GC.AllocateUninitializedArray<int>(columns.Sum(column => column.Length));
        var pools = columns.Select(column => ((StringColumn)column).Pool).Distinct().ToList();
        var interner = pools.Count > 1 ? new StringInterner() : null;
        var at = 0;
        foreach (var column in columns)
        {
            var strings = (StringColumn)column;
            var target = codes.AsSpan(at, column.Length);
            at += column.Length;
            if (strings.IsConstant) target.Fill(strings.Code(0));
            else strings.Codes.CopyTo(target);
            if (interner?.Map(strings.Pool) is not { } map) continue;
            foreach (ref var code in target)
            {
                var number = map[code] - 1;
                code = number >= 0 ? number : interner.Code(strings.Pool, map, code);
            }
        }

        return new StringColumn(interner?.ToPool() ?? (pools.Count == 1 ? pools[0] : StringPool.Empty), codes);
    }
}
