using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;

namespace Snowplow.Warehouse.Tests.Extents;

public sealed class ExtentRoundTripTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 2_000 : 40;
    private static readonly int[] Sizes = [0, 1, 2, 63, 64, 65, 300, 8191, 8192, 8193, 20_000];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Extent_OfColumnsOfEveryType_GivesInAnySliceWhatWasWritten()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var rowCount = Sizes[random.Next(Sizes.Length)];
            var columns = RandomColumn.Types.SelectMany(type => new[] { RandomColumn.Of(random, type, rowCount), RandomColumn.Of(random, type, rowCount) }).ToArray();
            using var extent = Stored(columns, rowCount, random);
            extent.RowCount.ShouldBe(rowCount);
            for (var i = 0; i < columns.Length; i++)
            {
                var expected = columns[i].Expected;
                for (var start = 0; start < rowCount; start += Batch.Size) ShouldHold(extent, i, start, Math.Min(Batch.Size, rowCount - start), expected, seed);
                for (var slice = 0; slice < 3; slice++)
                {
                    var start = random.Next(rowCount + 1);
                    ShouldHold(extent, i, start, random.Next(rowCount - start + 1), expected, seed);
                }
            }
        }
    }

    [Fact]
    public void Integer_AtAnyRow_IsWhatTheColumnHolds()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var rowCount = 1 + random.Next(20_000);
            KqlType[] types = [KqlType.Bool, KqlType.Int, KqlType.Long, KqlType.DateTime, KqlType.TimeSpan];
            var columns = types.Select(type => RandomColumn.Of(random, type, rowCount)).ToArray();
            using var extent = Stored(columns, rowCount, random);
            for (var i = 0; i < columns.Length; i++)
            {
                for (var times = 0; times < 200; times++)
                {
                    var row = random.Next(rowCount);
                    long? expected = columns[i].Rows[row] switch
                    {
                        null => null, bool flag => flag ? 1 : 0, DateTime time => time.Ticks, TimeSpan span => span.Ticks, var number => Convert.ToInt64(number, null),
                    };
                    extent.Int64At(i, row).ShouldBe(expected, $"seed {seed}, column {i}, row {row}");
                }
            }
        }
    }

    [Fact]
    public void Uuid_AtAnyRow_IsThatOfTheText()
    {
        var random = new Random(1);
        object?[] rows = [.. Enumerable.Range(0, 20_000).Select(i => i % 7 == 3 ? null : (object)Guid.NewGuid().ToString())];
        using var extent = Stored([new RandomColumn(KqlType.String, rows)], rows.Length, random);
        for (var row = 0; row < rows.Length; row += 13)
            extent.UuidAt(0, row).ShouldBe(rows[row] is string text ? UInt128.Parse(text.Replace("-", "", StringComparison.Ordinal), System.Globalization.NumberStyles.HexNumber, null) : null);
        extent.SizeBytes.ShouldBeLessThan(17 * rows.Length);
    }

    [Fact]
    public void Range_OfAColumn_IsItsLeastAndGreatestValue()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            KqlType[] types = [KqlType.Bool, KqlType.Int, KqlType.Long, KqlType.DateTime, KqlType.TimeSpan, KqlType.Real];
            var columns = types.Select(type => RandomColumn.Of(random, type, 9000)).ToArray();
            using var extent = Stored(columns, 9000, random);
            for (var i = 0; i < columns.Length; i++)
            {
                var values = columns[i].Rows.OfType<IComparable>().ToList();
                if (values.Count == 0 || values.Exists(value => value is double.NaN))
                {
                    extent.Range(i).ShouldBeNull();
                    continue;
                }

                extent.Range(i).ShouldNotBeNull().Least.ShouldBe(values.Min());
                extent.Range(i)!.Value.Greatest.ShouldBe(values.Max());
            }
        }
    }

    [Fact]
    public void JsonText_InAnExtent_ComesBackByteForByte()
    {
        string[] texts = ["""{ "b" : 1.50, "a":[ ] }""", "", "null", """{"b":1,"b":2}""", "no json", "{}"];
        var column = new DynamicColumn(StringColumn.Of([.. Enumerable.Range(0, 10_000).Select(i => i % 3 == 0 ? $"{{\"n\": {i}}}" : texts[i % texts.Length])]));
        var path = Path.Combine(_folder.Path, "json");
        using (var writer = new ExtentWriter(path, [("d", KqlType.Dynamic)], column.Length))
        {
            writer.Write(0, [column]);
            writer.Finish();
        }

        using var extent = StoredExtent.Open(path);
        var read = (DynamicColumn)extent.Read(0, 0, column.Length);
        for (var row = 0; row < column.Length; row++) read.Texts!.Utf8(row).SequenceEqual(column.Texts!.Utf8(row)).ShouldBeTrue();
        SameValue.Are(read.Box(3), column.Box(3)).ShouldBeTrue();
    }

    [Fact]
    public void Rows_OfTexts_AreThoseOfTheWholeBlockInAnyOrder()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var rowCount = Sizes[random.Next(Sizes.Length)];
            var length = random.Next(3) switch { 0 => 20, 1 => 300, _ => 3000 };
            object?[] rows = [.. Enumerable.Range(0, rowCount).Select(i => random.Next(5) == 0 ? null : (object)$"{i} {new string('x', random.Next(200) == 0 ? 100 * length : random.Next(length))}{random.Next()}")];
            using var extent = Stored([new RandomColumn(random.Next(2) == 0 ? KqlType.String : KqlType.Dynamic, rows)], rowCount, random);
            for (var start = 0; start < rowCount; start += Batch.Size)
            {
                var count = Math.Min(Batch.Size, rowCount - start);
                int[] wanted = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(count))];
                var read = extent.ReadRows(0, start, count, wanted) ?? extent.Read(0, start, count).Take(wanted);
                for (var i = 0; i < wanted.Length; i++) (read.Box(i) as string ?? "").ShouldBe(rows[start + wanted[i]] as string ?? "", $"seed {seed}, row {start + wanted[i]}");
                ShouldHold(extent, 0, start, count, new RandomColumn(extent.Columns[0].Type, rows).Expected, seed);
            }
        }
    }

    [Fact]
    public void Rows_OfLongTexts_AreReadWithoutTheRestOfTheirBlock()
    {
        object?[] rows = [.. Enumerable.Range(0, 8192).Select(i => (object)$"{i} {new string('x', 400)}")];
        using var extent = Stored([new RandomColumn(KqlType.String, rows)], rows.Length, new Random(1));

        extent.ReadRows(0, 0, 8192, [8191, 5]).ShouldNotBeNull().Box(0).ShouldBe(rows[8191]);
        extent.ReadRows(0, 0, 8192, [.. Enumerable.Range(0, 8000)]).ShouldBeNull();
    }

    [Fact]
    public void Texts_OfAFormerVersion_AreRead()
    {
        var random = new Random(6);
        object?[] rows = [.. Enumerable.Range(0, 20_000).Select(i => i % 5 == 0 ? null : (object)$"page {random.Next()} {i}")];
        var path = Path.Combine(_folder.Path, "former");
        FormerTexts.Write(path, new RandomColumn(KqlType.String, rows).Parts(random).Cast<StringColumn>(), rows.Length);
        using var extent = StoredExtent.Open(path);

        extent.Describe(0).Form.ShouldBe(Snowplow.Warehouse.Extents.Columns.ColumnForm.Texts);
        extent.MayHold([new TextTest(0, [new TextPattern([], null, ["nowhere"])])]).ShouldBeTrue();
        extent.ReadRows(0, 0, 8192, [1]).ShouldBeNull();
        for (var start = 0; start < rows.Length; start += Batch.Size) ShouldHold(extent, 0, start, Math.Min(Batch.Size, rows.Length - start), new RandomColumn(KqlType.String, rows).Expected, 6);
    }

    [Fact]
    public void Extent_ReadByManyThreadsWhileItsFileIsDeleted_GivesTheSameToAll()
    {
        var random = new Random(5);
        var columns = RandomColumn.Types.Select(type => RandomColumn.Of(random, type, 30_000)).ToArray();
        var extent = Stored(columns, 30_000, random);
        File.Delete(extent.Path);

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, round =>
        {
            var column = round % columns.Length;
            var start = new Random(round).Next(20_000);
            ShouldHold(extent, column, start, 10_000, columns[column].Expected, round);
        });
        extent.Dispose();
        Should.Throw<ObjectDisposedException>(() => extent.Read(0, 0, 1));
    }

    private static void ShouldHold(StoredExtent extent, int column, int start, int count, object?[] expected, int seed)
    {
        var read = extent.Read(column, start, count);
        read.Length.ShouldBe(count);
        for (var i = 0; i < count; i++)
        {
            if (!SameValue.Are(read.Box(i), expected[start + i]))
                Assert.Fail($"seed {seed}, column {column} of {read.Type} ({extent.Describe(column).Form}), row {start + i}: {read.Box(i)} and not {expected[start + i]}");
        }
    }

    private StoredExtent Stored(IReadOnlyList<RandomColumn> columns, int rowCount, Random random)
    {
        var path = Path.Combine(_folder.Path, Guid.NewGuid().ToString());
        using (var writer = new ExtentWriter(path, [.. columns.Select((column, i) => ($"c{i}", column.Type))], rowCount))
        {
            foreach (var i in Enumerable.Range(0, columns.Count).OrderBy(_ => random.Next())) writer.Write(i, columns[i].Parts(random));
            writer.Finish().ShouldBe(new FileInfo(path).Length);
        }

        return StoredExtent.Open(path);
    }
}
