using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests.Properties;

/// <summary>
/// Queries over tables of so many rows and keys that threads join their groups by partitions, sort by buckets and read windows batch by batch, against
/// the same by LINQ.
/// </summary>
public sealed class LargeTableTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 60 : 2;

    private static readonly (string Name, KqlType Type)[] Columns =
    [
        ("id", KqlType.Long), ("n", KqlType.Long), ("s", KqlType.String), ("r", KqlType.Real), ("t", KqlType.DateTime), ("w", KqlType.Long), ("g", KqlType.Guid), ("m", KqlType.Decimal), ("i", KqlType.Int), ("b", KqlType.Bool),
    ];

    [Fact]
    public void Groups_OfManyKeys_AreThoseOfTheReferenceInTheirOrder()
    {
        string[][] keys = [["n"], ["s"], ["r"], ["t"], ["g"], ["m"], ["s", "n"], ["b", "s", "i"], ["i", "t"], ["w", "r", "s"], ["b"], []];
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var rows = Rows(random, 30_000, random.Next(3) == 0 ? 300 : 20_000);
            foreach (var by in keys)
            {
                var places = Array.ConvertAll(by, Place);
                var groups = rows.GroupBy(row => string.Join('|', places.Select(place => Text(row[place])))).Select(group => group.ToList()).ToList();
                Check(
                    rows, seed, $"T | summarize c = count(), x = sum(n), least = min(t), d = count_distinct(s), e = count_distinct(n){(by.Length == 0 ? "" : " by " + string.Join(", ", by))}",
                    groups.Select(group => (object?[])
                    [
                        .. places.Select(place => group[0][place]), (long)group.Count, group.Sum(row => row[1] as long? ?? 0), group.Min(row => row[4] as DateTime?),
                        (long)group.Select(row => row[2]).Distinct().Count(), (long)group.Select(row => row[1]).Where(value => value is not null).Distinct().Count(),
                    ]));
                if (by.Length > 0) Check(rows, seed, $"T | distinct {string.Join(", ", by)}", groups.Select(group => (object?[])[.. places.Select(place => group[0][place])]));
            }
        }
    }

    [Fact]
    public void Sort_OfManyRows_IsThatOfTheReference()
    {
        string[][] keys = [["n", "t"], ["s", "n"], ["w", "s", "r"], ["r", "w"], ["b", "i"], ["i", "w", "w"], ["g"], ["s"], ["m", "b"], ["t", "g"]];
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var rows = Rows(random, 80_000, random.Next(3) == 0 ? 5 : 40_000);
            foreach (var by in keys)
            {
                var ways = by.Select(name => (Place: Place(name), IsAscending: random.Next(2) == 0, NullsFirst: random.Next(2) == 0)).ToArray();
                var ordered = rows.OrderBy(_ => 0);
                foreach (var (place, isAscending, nullsFirst) in ways)
                {
                    // Nulls are outermost, and NaN stands beside them.
                    ordered = ordered.ThenBy(row => row[place] is null ? 0 : row[place] is double.NaN ? 1 : 2, Comparer<int>.Create((a, b) => nullsFirst ? a - b : b - a));
                    var compared = Comparer<object?>.Create((a, b) => a is null || b is null || a is double.NaN || b is double.NaN ? 0 : a is string text ? Bytes(text, (string)b) : Comparer<object>.Default.Compare(a, b));
                    ordered = isAscending ? ordered.ThenBy(row => row[place], compared) : ordered.ThenByDescending(row => row[place], compared);
                }

                var order = string.Join(", ", by.Zip(ways, (name, way) => $"{name} {(way.IsAscending ? "asc" : "desc")} nulls {(way.NullsFirst ? "first" : "last")}"));
                Check(rows, seed, $"T | sort by {order} | project id", ordered.Select(row => new[] { row[0] }));
            }
        }
    }

    [Fact]
    public void Window_OverManyRows_ReadsTheRowsAroundEach()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var rows = Rows(random, 60_000, 40_000);
            var (far, near) = (random.Next(1, 9000), random.Next(1, 4));
            var sorted = rows.OrderBy(row => (long)row[5]!).ToList();
            object? At(int row, string name, object? missing) => row >= 0 && row < sorted.Count ? sorted[row][Place(name)] : missing;

            Check(
                rows, seed, $"T | sort by w asc | extend p = prev(n, {near}), q = next(s, {far}), z = prev(next(id, {near}), {far}, -1), u = s != prev(s) or isnull(n), v = next(prev(s)) | project id, p, q, z, u, v",
                sorted.Select((row, i) => new[]
                {
                    row[0], At(i - near, "n", null), At(i + far, "s", ""), i < far ? -1L : At(i - far + near, "id", null), !Equals(row[2], At(i - 1, "s", "")) || row[1] is null, At(i, "s", "") is var own && i + 1 < sorted.Count ? own : "",
                }));
            Check(rows, seed, $"T | sort by w asc | extend k = row_number(), p = prev(id) | where k % 1000 == 1 | project id, k, p", sorted.Select((row, i) => new[] { row[0], i + 1L, At(i - 1, "id", null) }).Where((_, i) => i % 1000 == 0));
        }
    }

    private static void Check(List<object?[]> rows, int seed, string query, IEnumerable<object?[]> expected)
    {
        var wanted = expected.Select(Text).ToList();
        var engine = new KqlEngine(new Database([new SplitTable("T", Columns, rows, new Random(seed), 9000)]));
        foreach (var workers in new[] { 1, 2, 7 })
        {
            var found = engine.Run(query, new QueryOptions { Workers = workers })[0].Rows().Select(Text).ToList();
            found.Count.ShouldBe(wanted.Count, $"seed {seed}, {workers} workers: {query}");
            for (var i = 0; i < wanted.Count; i++)
                if (found[i] != wanted[i]) Assert.Fail($"seed {seed}, {workers} workers, row {i}: {found[i]} and not {wanted[i]}: {query}");
        }
    }

    private static List<object?[]> Rows(Random random, int count, int values)
    {
        var prefix = new[] { "", "user-", "a very long beginning of all: " }[random.Next(3)];
        var isSkewed = random.Next(2) == 0;
        return [.. Enumerable.Range(0, count).Select(id => new object?[]
        {
            (long)id,
            random.Next(50) == 0 ? null : (long)Value(),
            random.Next(40) switch { 0 => prefix, 1 => prefix + "a", 2 => prefix + "a\0", 3 => prefix + "a\0\0\0\0\0\0\0\0\0\0", 4 => prefix + "日本" + Value(), _ => prefix + Value() },
            random.Next(40) switch { 0 => null, 1 => double.NaN, 2 => double.NegativeInfinity, 3 => 0.0, _ => (Value() - (values / 2)) / 8.0 },
            random.Next(60) == 0 ? null : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds(Value() * 60_000L),
            random.NextInt64(long.MinValue, long.MaxValue),
            random.Next(60) == 0 ? null : new Guid(Value() * 77, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            random.Next(60) == 0 ? null : Value() / 100m,
            random.Next(9),
            random.Next(9) == 0 ? null : random.Next(2) == 0,
        })];

        int Value() => isSkewed && random.Next(8) > 0 ? random.Next(3) : random.Next(values);
    }

    private static int Place(string name) => Array.FindIndex(Columns, column => column.Name == name);

    private static int Bytes(string a, string b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b));

    private static string Text(object?[] row) => string.Join(" | ", row.Select(Text));

    private static string Text(object? value) => value is null ? "null" : DynamicValue.Text(value);
}
