using System.Text;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;

namespace Snowplow.Warehouse.Tests.Extents;

/// <summary>Random queries over extents in files, against the same over memory.</summary>
public sealed class StoredQueryTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 3_000 : 60;

    private static readonly (string Name, KqlType Type)[] Columns = [("t", KqlType.DateTime), ("n", KqlType.Long), ("i", KqlType.Int), ("r", KqlType.Real), ("s", KqlType.String), ("id", KqlType.String), ("d", KqlType.Dynamic), ("b", KqlType.Bool), ("u", KqlType.String), ("j", KqlType.Dynamic)];

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
        var rows = Enumerable.Range(0, 30_000).Select(i => new object?[] { new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(i), (long)i, i, i / 4.0, $"user-{i / 20}", Uuid(i), null, null, $"https://shop.example/{(i < 9000 ? "early" : "Later")}/page-{i}?q={new string('x', 100)}", null }).ToList();
        using var table = Stored(rows, null);
        var extent = (StoredExtent)table.Extents([])[0];

        Held("t", new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc), null).ShouldBe([false, false, false, true]);
        Held("n", 9000L, 17_000L).ShouldBe([false, true, true, false]);
        Held("r", null, 10.0).ShouldBe([true, false, false, false]);
        Held("i", 9000L, 17_000L).ShouldBe([false, true, true, false]);
        Held("i", 29_999.5, null).ShouldBe([false, false, false, false]);
        Held("n", null, 8191.5m).ShouldBe([true, false, false, false]);
        Held("b", true, true).ShouldBe([false, false, false, false]);
        Found("s", TextPattern.Of("user-1000"u8)).ShouldBe([false, false, true, false]);
        Found("s", TextPattern.Of("nobody"u8)).ShouldBe([false, false, false, false]);
        Found("s", new TextPattern("user-1490"u8, "user-1499"u8.ToArray(), [])).ShouldBe([false, false, false, true]);
        Found("id", TextPattern.Of("x"u8)).ShouldBe([false, false, false, false]);
        Found("id", TextPattern.Of(Encoding.UTF8.GetBytes(Uuid(25_000)))).ShouldBe([false, false, false, true]);
        Found("id", new TextPattern([], null, ["word"])).ShouldBe([false, false, false, false]);
        Found("u", new TextPattern([], null, ["early"])).ShouldBe([true, true, false, false]);
        Found("u", new TextPattern("https://shop.example/e"u8, "https://shop.example/f"u8.ToArray(), [])).ShouldBe([true, true, false, false]);
        Found("d", new TextPattern([], null, ["word"])).ShouldBe([false, false, false, false]);

        bool[] Held(string column, object? least, object? greatest) => Blocks(new ColumnRange(Place(column), least, greatest));

        bool[] Found(string column, TextPattern pattern) => Blocks(new TextTest(Place(column), [pattern]));

        bool[] Blocks(RowTest test) => [.. Enumerable.Range(0, 4).Select(block => extent.MayHold([test], block * Batch.Size, Math.Min(Batch.Size, 30_000 - (block * Batch.Size))))];
    }

    [Fact]
    public void Term_OfOneText_LeavesOfABlockOnlyRowsOfItsGroup()
    {
        var rows = Enumerable.Range(0, 8000).Select(i => new object?[] { null, null, null, null, null, null, null, null, $"https://shop.example/page-{i}?q={new string('x', 200)}", new Bag { ["id"] = Uuid(i), ["pad"] = new string('y', 200) } }).ToList();
        using var table = Stored(rows, null);
        var extent = table.Extents([])[0];

        var rowsOfText = extent.Passing([new TextTest(Place("u"), [new TextPattern([], null, ["5000"])])], 0, 8000)!;
        rowsOfText.ShouldContain(5000);
        rowsOfText.Length.ShouldBeLessThan(4000);
        // Dynamic values are dear to read: of those each is looked at.
        extent.Passing([new TextTest(Place("j"), [Terms(Uuid(5000))])], 0, 8000).ShouldBe([5000]);
        extent.Passing([new AnyTest([new TextTest(Place("u"), [new TextPattern([], null, ["nowhere"])]), new TextTest(Place("j"), [Terms(Uuid(77))])])], 0, 8000)!.ShouldContain(77);

        static TextPattern Terms(string text) => new([], null, TextTerms.Of(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("i == 20000", 1)]
    [InlineData("tolong(i) > 29000", 1)]
    [InlineData("toint(n) between (9000 .. 9001)", 1)]
    [InlineData("toint(r) == 3", 1)]
    [InlineData("i > 29000.5", 1)]
    [InlineData("n in (1, 5, 7000)", 1)]
    [InlineData("u startswith 'HTTPS://shop.example/early/'", 2)]
    [InlineData("u startswith_cs 'https://shop.example/early'", 2)]
    [InlineData("u contains '/early/'", 2)]
    [InlineData("u has_any ('early', 'nowhere')", 2)]
    [InlineData("u has 'nowhere' or n < 10", 1)]
    [InlineData("s in ('user-004', 'user-010', 'nobody')", 2)]
    [InlineData("s > 'user-9991'", 0)]
    [InlineData("not(i == 20000)", 4)]
    [InlineData("toint(n % 7) == 3", 4)]
    [InlineData("u !has 'early'", 4)]
    public void Filter_OnAStoredTable_ReadsBlocksThatMayHoldIt(string filter, int blocks)
    {
        var rows = Enumerable.Range(0, 30_000).Select(i => new object?[] { null, (long)i, i, i / 4.0, $"user-{i / 20 % 1000:D3}", null, null, null, $"https://shop.example/{(i < 9000 ? "early" : "Later")}/page-{i}?q={new string('x', 100)}", null }).ToList();
        using var table = Stored(rows, null);
        var counted = new CountedTable(table);

        new KqlEngine(new Database([counted])).Run($"T | where {filter} | summarize count(), max(t)", new QueryOptions { Workers = 1 });

        counted.Blocks.Count.ShouldBe(blocks);
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
            Url(random, i),
            Json(random, i),
        }),
    ];

    private static string Query(Random random)
    {
        var number = random.Next(-2, 50);
        string[] filters =
        [
            $"n > {number}", $"n == {number}", $"n <= {number} and n >= {number - 5}", $"t between (datetime(2026-01-01 00:30) .. datetime(2026-01-02 {random.Next(24)}:00))", $"t < datetime(2026-01-01 {random.Next(24)}:11)",
            "s == 'zebra'", "s == ''", "s == 'none'", "s =~ 'a'", "s has 'b'", $"id == '{Uuid(random.Next(200))}'", "id == ''", "r < 0.25", "r == 1.5", "isnull(r)", "b", "not(b)", "d.k == 2", "isnotempty(d.id)", "i == 1", "i != 1",
            $"i == {number}", $"tolong(i) >= {random.Next(4)}", $"i < {random.Next(3)}.5", $"toint(n) == {number}", $"toint(r) >= {random.Next(-3, 3)}", $"tolong(r) == {random.Next(-2, 2)}", $"n < {number}.5", $"todecimal(n) <= decimal({number}.5)",
            $"n in ({number}, {number + 9})", $"i in (1, 7)", $"b == true", $"tolong(b) == 1", $"s in ('a', 'é', '')", "s in~ ('A', 'É')", "s >= 'b'", "s < 'b'", "s > 'zebra'", "s startswith 'Z'", "s startswith_cs 'Z'", "s hasprefix 'ze'", "s endswith 'c'",
            .. Texts("u", random), .. Texts("j", random), $"search_{random.Next(9)}",
        ];
        string[] ends =
        [
            "summarize c = count(), x = sum(n), m = min(r), l = max(t) by s, b | order by s asc, b asc, c asc", "summarize count(), dcount(id), take_any(0)", "distinct i, s | order by i asc, s asc", "project t, id, d | take 9",
            "extend k = tolong(d.k) | summarize sum(k) by i | order by i asc", "top 5 by t asc | project n, r, s, d", "order by id asc, t asc, n asc | project id, t, n, d | take 20", "summarize make_list(d.k, 20) by s | order by s asc", "count",
        ];
        string Filter() => filters[random.Next(filters.Length)] is var filter && filter.StartsWith("search_", StringComparison.Ordinal) ? $" | search '{Word(random)}'"
            : random.Next(6) == 0 && filters[random.Next(filters.Length)] is var other && !other.StartsWith("search_", StringComparison.Ordinal) ? $" | where {filter} or {other}"
            : $" | where {filter}";
        return $"T{string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => Filter()))} | {ends[random.Next(ends.Length)]}";
    }

    // Words that some texts have, in either case, at borders of groups and blocks and elsewhere.
    private static string Word(Random random) => (random.Next(12)) switch
    {
        0 => "shop", 1 => "EXAMPLE", 2 => $"page{random.Next(300)}", 3 => $"{random.Next(25_000)}", 4 => "é", 5 => "caf", 6 => "Kelvin", 7 => "nowhere", 8 => $"{random.Next(40) / 4.0}".Replace(',', '.'), 9 => Uuid(random.Next(300)), 10 => "ı", _ => "nline",
    };

    private static string[] Texts(string column, Random random)
    {
        var (word, other) = (Word(random), Word(random));
        string[] operators = ["has", "has_cs", "!has", "hasprefix", "hassuffix", "contains", "contains_cs", "startswith", "endswith"];
        return
        [
            $"{column} {operators[random.Next(operators.Length)]} '{word}'", $"{column} has '{word}'", $"{column} has '{word}/{other}'", $"{column} has_any ('{word}', '{other}')", $"{column} has_all ('{word}', '{other}')",
            $"{column} contains '/{word}/'", $"{column} startswith 'HTTPS://shop.example/{word}'", $"{column} startswith_cs 'https://{word}'", $"{column} == 'https://shop.example/{word}'", $"{column} =~ 'https://shop.example/{word}'",
            $"tostring({column}) >= 'https://shop.example/{word}'", $"tostring({column}) < 'https://shop.example/{word}'", $"tostring({column}) in ('https://shop.example/{word}', '')",
        ];
    }

    private static string Url(Random random, int i) => random.Next(12) switch
    {
        0 => "",
        1 => $"https://shop.example/{Word(random)}",
        2 => $"HTTPS://SHOP.example/{Word(random)}/{Word(random)}",
        3 => $"Café\u212Aelvin-ı{i}",
        4 => new string((char)('a' + random.Next(26)), random.Next(3000)) + i,
        _ => $"https://shop.example/page{i}/{Word(random)}?{i * 7919L}&{new string('p', random.Next(200))}",
    };

    private static object? Json(Random random, int i) => random.Next(9) switch
    {
        0 => null,
        1 => Url(random, i),
        2 => (double)random.Next(1000) / 8,
        3 => (long)i,
        4 => new object?[] { 1e21, random.NextDouble(), $"a\n{Word(random)}\"{i}", true },
        5 => new Bag { ["url"] = Url(random, i), ["text"] = $"line\nline {Word(random)} \ud83d\ude00{Word(random)}" },
        _ => new Bag { ["id"] = Uuid(i), [$"k{random.Next(5)}"] = Word(random), ["n"] = random.Next(40) / 4.0, ["pad"] = new string('q', random.Next(300)) },
    };

    private static int Place(string column) => Array.FindIndex(Columns, c => c.Name == column);

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

    // Knows which blocks queries read.
    private sealed class CountedTable(Table table) : Table("T", StoredQueryTests.Columns)
    {
        public HashSet<int> Blocks { get; } = [];

        public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => [.. table.Extents(tests).Select(extent => new CountedExtent(extent, this))];

        private sealed class CountedExtent(Extent extent, CountedTable table) : Extent
        {
            public override int RowCount => extent.RowCount;

            public override bool MayHold(IReadOnlyList<RowTest> tests, int start, int count) => extent.MayHold(tests, start, count);

            public override Column Read(int column, int start, int count)
            {
                table.Blocks.Add(start / Batch.Size);
                return extent.Read(column, start, count);
            }
        }
    }

    private sealed class StoredTable(List<StoredExtent> extents) : Table("T", StoredQueryTests.Columns), IDisposable
    {
        public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => [.. extents.Where(extent => extent.MayHold(tests))];

        public void Dispose() => extents.ForEach(extent => extent.Dispose());
    }
}
