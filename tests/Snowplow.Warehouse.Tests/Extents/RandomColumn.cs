using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Tests.Extents;

/// <summary>Rows of a column of some type in some shape: constant, with nulls, sorted, in runs, few or all different, extreme.</summary>
internal sealed record RandomColumn(KqlType Type, object?[] Rows)
{
    public static readonly KqlType[] Types = Enum.GetValues<KqlType>();

    public static RandomColumn Of(Random random, KqlType type, int rowCount)
    {
        var nulls = random.Next(6) switch { 0 => 1.0, 1 => 0.5, 2 => 0.01, 3 => 0.99, _ => 0 };
        var distinct = random.Next(5) switch { 0 => 1, 1 => 3, 2 => 400, _ => int.MaxValue };
        var run = random.Next(3) == 0 ? random.Next(1, 900) : 1;
        var value = Values(random, type);
        var known = new List<object>();
        var rows = new object?[rowCount];
        for (var i = 0; i < rowCount; i++)
        {
            if (i % run != 0 && random.Next(300) != 0) rows[i] = rows[i - 1];
            else if (random.NextDouble() < nulls) rows[i] = null;
            else if (known.Count >= distinct) rows[i] = known[random.Next(known.Count)];
            else known.Add(rows[i] = value());
        }

        // Nulls stay where they are.
        if (type != KqlType.Dynamic && random.Next(3) == 0 && rows.OfType<IComparable>().ToList() is { Count: > 0 } values && values.Count == rows.Count(row => row is not null))
        {
            values.Sort((a, b) => a is string text ? string.CompareOrdinal(text, (string)b) : a.CompareTo(b));
            var next = 0;
            for (var i = 0; i < rowCount; i++)
                if (rows[i] is not null) rows[i] = values[next++];
        }

        return new RandomColumn(type, rows);
    }

    /// <summary>What a column of these rows gives: strings have no null.</summary>
    public object?[] Expected => Type == KqlType.String ? [.. Rows.Select(row => row ?? "")] : Rows;

    /// <summary>The rows in parts of any length, constants among them.</summary>
    public IEnumerable<Column> Parts(Random random)
    {
        var seed = random.Next();
        return Cut();

        IEnumerable<Column> Cut()
        {
            var cuts = new Random(seed);
            for (var start = 0; start < Rows.Length;)
            {
                var part = Rows.AsSpan(start, Math.Min(Rows.Length - start, cuts.Next(3) == 0 ? 1 + cuts.Next(10) : 1 + cuts.Next(9000))).ToArray();
                start += part.Length;
                yield return part.Length > 0 && part.All(row => SameValue.Are(row, part[0])) && Type != KqlType.Dynamic ? Columns.Constant(Type, part[0], part.Length)
                    : cuts.Next(2) == 0 ? Columns.Of(Type, [null, .. part, null]).Slice(1, part.Length)
                    : Columns.Of(Type, part);
            }
        }
    }

    private static Func<object> Values(Random random, KqlType type)
    {
        var style = random.Next(4);
        return type switch
        {
            KqlType.Bool => () => random.Next(2) == 0,
            KqlType.Int => () => (int)Integer(random, style, int.MinValue, int.MaxValue),
            KqlType.Long => () => Integer(random, style, long.MinValue, long.MaxValue),
            KqlType.DateTime => () => new DateTime(style == 0 ? random.NextInt64(DateTime.MaxValue.Ticks) : new DateTime(2026, 1, 1).Ticks + (random.Next() * 10_000L), DateTimeKind.Utc),
            KqlType.TimeSpan => () => new TimeSpan(Integer(random, style, long.MinValue, long.MaxValue)),
            KqlType.Real => () => Real(random, style),
            KqlType.Decimal => () => Decimal(random, style),
            KqlType.Guid => () => NewGuid(random),
            KqlType.String => () => Text(random, style),
            _ => () => Dynamic(random),
        };
    }

    private static long Integer(Random random, int style, long least, long greatest) => style switch
    {
        0 => random.Next(3) switch { 0 => least, 1 => greatest, _ => 0 },
        1 => random.Next(-100, 100) * 1000L,
        2 => random.Next(-5, 2000),
        _ => random.NextInt64(least, greatest),
    };

    private static double Real(Random random, int style) => style switch
    {
        0 => new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue, -0.0, 0.0, 1.5 }[random.Next(9)],
        1 => random.Next(-100_000, 100_000) / 100.0,
        2 => random.Next(-50, 50),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) is var real && double.IsNaN(real) ? double.NaN : real,
    };

    private static decimal Decimal(Random random, int style) => style switch
    {
        0 => new[] { decimal.MaxValue, decimal.MinValue, 1.10m, 1.1m, -0.0m, 0.0000000000000000000000000001m }[random.Next(6)],
        1 => new decimal(random.Next(100_000), 0, 0, random.Next(2) == 0, 2),
        _ => new decimal(random.Next(), random.Next(), style == 2 ? 0 : random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
    };

    private static Guid NewGuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string Text(Random random, int style) => style switch
    {
        0 => NewGuid(random).ToString(),
        1 => new[] { "", "a", "A", "é", "日本語", "🙂 smile", "\t\n\0", new string('x', 9000) }[random.Next(8)],
        2 => $"https://shop.example/products/{random.Next(20)}?utm={random.Next()}",
        _ => random.Next(50) == 0 ? NewGuid(random).ToString().ToUpperInvariant() : NewGuid(random).ToString(),
    };

    private static object Dynamic(Random random) => random.Next(6) switch
    {
        0 => (object)random.NextInt64(),
        1 => random.Next(2) == 0,
        2 => $"text {random.Next(9)}",
        3 => new object?[] { 1L, null, "x", new object?[] { random.NextDouble() } },
        4 => new Bag { ["id"] = NewGuid(random).ToString(), ["n"] = (long)random.Next(5), ["é"] = null },
        _ => new Bag(),
    };
}
