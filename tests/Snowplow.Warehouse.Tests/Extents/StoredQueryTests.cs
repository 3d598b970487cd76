using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;

namespace Snowplow.Warehouse.Tests.Extents;

/// <summary>Random queries over extents in files, against the same over memory.</summary>
public sealed class StoredQueryTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 3_000 : 60;

    private static readonly (string Name, KqlType Type)[] Columns = [("t", KqlType.DateTime), ("n", KqlType.Long), ("i", KqlType.Int), ("r", KqlType.Real), ("s", KqlType.String), ("id", KqlType.String), ("d", KqlType.Dynamic), ("b", KqlType.Bool)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Query_OverFiles_GivesWhatItGivesOverMemory()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var rows = Rows(random, random.Next(4) == 0 ? random.Next(25_000) : random.Next(300));
            var memory = new KqlEngine(new Database([new MemoryTable("T", Columns, Values(rows), rows.Count)]));
            using var table = Stored(rows, random);
            var stored = new KqlEngine(new Database([table]));
            for (var times = 0; times < 5; times++)
            {
                var query = Query(random);
                var expected = memory.Run(query, new QueryOptions { Workers = 1 })[0].Rows().Select(Text).ToList();
                foreach (var workers in new[] { 1, 3 })
                    stored.Run(query, new QueryOptions { Workers = workers })[0].Rows().Select(Text).ToList().ShouldBe(expected, $"seed {seed}, {workers} workers: {query}");
            }
        }
    }

    [Fact]
    public void Filter_OutsideOfWhatBlocksHold_ReadsNoneOfThem()
    {
        var rows = Enumerable.Range(0, 30_000).Select(i => new object?[] { new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(i), (long)i, i, i / 4.0, $"user-{i / 20}", Uuid(i), null, null }).ToList();
        using var table = Stored(rows, null);
        var extent = (StoredExtent)table.Extents([])[0];

        Held("t", new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc), null).ShouldBe([false, false, false, true]);
        Held("n", 9000L, 17_000L).ShouldBe([false, true, true, false]);
        Held("r", null, 10.0).ShouldBe([true, false, false, false]);
        Held("s", "user-1000", "user-1000").ShouldBe([false, false, true, false]);
        Held("s", "nobody", "nobody").ShouldBe([false, false, false, false]);
        Held("id", "x", "x").ShouldBe([false, false, false, false]);
        Held("id", Uuid(25_000), Uuid(25_000)).ShouldBe([false, false, false, true]);
        Held("b", true, true).ShouldBe([false, false, false, false]);

        bool[] Held(string column, object? least, object? greatest) =>
            [.. Enumerable.Range(0, 4).Select(block => extent.MayHold([new ColumnRange(Array.FindIndex(Columns, c => c.Name == column), least, greatest)], block * Batch.Size, Math.Min(Batch.Size, 30_000 - (block * Batch.Size))))];
    }

    private static List<object?[]> Rows(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new object?[]
        {
            random.Next(50) == 0 ? null : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i + random.Next(30)),
            random.Next(5) == 0 ? null : (long)random.Next(-3, 60),
            random.Next(5) == 0 ? null : random.Next(3),
            random.Next(5) == 0 ? null : random.Next(6) == 0 ? double.NaN : random.Next(-8, 8) / 4.0,
            new[] { "", "a", "A", "b c", "é", "zebra" }[random.Next(6)],
            random.Next(9) == 0 ? "" : Uuid(random.Next(2) == 0 ? i : random.Next(count)),
            random.Next(3) == 0 ? null : new Bag { ["k"] = (long)random.Next(4), ["id"] = Uuid(i) },
            random.Next(4) == 0 ? null : random.Next(2) == 0,
        }),
    ];

    private static string Query(Random random)
    {
        var number = random.Next(-2, 50);
        string[] filters =
        [
            $"n > {number}", $"n == {number}", $"n <= {number} and n >= {number - 5}", $"t between (datetime(2026-01-01 00:30) .. datetime(2026-01-02 {random.Next(24)}:00))", $"t < datetime(2026-01-01 {random.Next(24)}:11)",
            "s == 'zebra'", "s == ''", "s == 'none'", "s =~ 'a'", "s has 'b'", $"id == '{Uuid(random.Next(200))}'", "id == ''", "r < 0.25", "r == 1.5", "isnull(r)", "b", "not(b)", "d.k == 2", "isnotempty(d.id)", "i == 1", "i != 1",
        ];
        string[] ends =
        [
            "summarize c = count(), x = sum(n), m = min(r), l = max(t) by s, b | order by s asc, b asc, c asc", "summarize count(), dcount(id), take_any(0)", "distinct i, s | order by i asc, s asc", "project t, id, d | take 9",
            "extend k = tolong(d.k) | summarize sum(k) by i | order by i asc", "top 5 by t asc | project n, r, s, d", "order by id asc, t asc, n asc | project id, t, n, d | take 20", "summarize make_list(d.k, 20) by s | order by s asc", "count",
        ];
        return $"T{string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => " | where " + filters[random.Next(filters.Length)]))} | {ends[random.Next(ends.Length)]}";
    }

    private static Column[] Values(IReadOnlyList<object?[]> rows) => [.. Columns.Select((column, i) => Kql.Data.Columns.Of(column.Type, [.. rows.Select(row => row[i])]))];

    private static string Uuid(int number) => new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString();

    private static string Text(object?[] row) => string.Join(" | ", row.Select(value => ResultJson.Text(value)));

    private StoredTable Stored(IReadOnlyList<object?[]> rows, Random? random)
    {
        var extents = new List<StoredExtent>();
        for (var start = 0; start < rows.Count;)
        {
            // The random ones go in several extents.
            var part = rows.Skip(start).Take(random is null ? rows.Count : random.Next(1, 20_000)).ToList();
            var path = Path.Combine(_folder.Path, Guid.NewGuid().ToString());
            using (var writer = new ExtentWriter(path, Columns, part.Count))
            {
                var values = Values(part);
                for (var i = 0; i < values.Length; i++) writer.Write(i, [values[i]]);
                writer.Finish();
            }

            extents.Add(StoredExtent.Open(path));
            start += part.Count;
        }

        return new StoredTable(extents);
    }

    private sealed class StoredTable(List<StoredExtent> extents) : Table("T", StoredQueryTests.Columns), IDisposable
    {
        public override IReadOnlyList<Extent> Extents(IReadOnlyList<ColumnRange> ranges) => [.. extents.Where(extent => extent.MayHold(ranges))];

        public void Dispose() => extents.ForEach(extent => extent.Dispose());
    }
}
