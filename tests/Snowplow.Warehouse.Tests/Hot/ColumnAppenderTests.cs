using System.Text;
using System.Text.Json;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Hot;
using Snowplow.Warehouse.Tests.Extents;

namespace Snowplow.Warehouse.Tests.Hot;

public sealed class ColumnAppenderTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 1_000 : 30;

    [Fact]
    public void Column_AfterEachAppend_HoldsAllRows()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            foreach (var type in RandomColumn.Types)
            {
                var rows = RandomColumn.Of(random, type, new[] { 0, 1, 70, 300, 9000, 17_000 }[random.Next(6)]);
                var column = ColumnAppender.Of(type);
                foreach (var part in rows.Parts(random))
                {
                    for (var i = 0; i < part.Length; i++) column.Append(part, i);
                    ShouldHold(column, rows.Expected, column.Count, random, seed);
                }

                column.Count.ShouldBe(rows.Rows.Length);
            }
        }
    }

    [Theory]
    [InlineData(KqlType.DateTime, "2026-11-30 02:03:04.567", "2026-11-30T02:03:04.5670000Z")]
    [InlineData(KqlType.DateTime, "2026-11-30T02:03:04Z", "2026-11-30T02:03:04.0000000Z")]
    [InlineData(KqlType.DateTime, "2026-11-30T02:03:04.1234567+01:00", "2026-11-30T01:03:04.1234567Z")]
    [InlineData(KqlType.DateTime, "2026-02-29 00:00:00", "")]
    [InlineData(KqlType.Bool, "1", "True")]
    [InlineData(KqlType.Bool, "0", "False")]
    [InlineData(KqlType.Bool, "true", "True")]
    [InlineData(KqlType.Bool, "yes", "")]
    [InlineData(KqlType.Int, "-17", "-17")]
    [InlineData(KqlType.Int, "3000000000", "")]
    [InlineData(KqlType.Long, "9007199254740993", "9007199254740993")]
    [InlineData(KqlType.Real, "51.5", "51.5")]
    [InlineData(KqlType.Decimal, "12.50", "12.50")]
    [InlineData(KqlType.Guid, "0dfae7a4-9de9-44f0-8c28-6a5c7f1e58a9", "0dfae7a4-9de9-44f0-8c28-6a5c7f1e58a9")]
    [InlineData(KqlType.TimeSpan, "01:00:00", "01:00:00")]
    [InlineData(KqlType.TimeSpan, "00:00:00", "00:00:00")]
    [InlineData(KqlType.String, "a\u00e9", "a\u00e9")]
    [InlineData(KqlType.Dynamic, "{\"a\": 1}", "{\"a\": 1}")]
    [InlineData(KqlType.Long, "", "")]
    [InlineData(KqlType.String, "", "")]
    public void Field_OfAFile_IsReadAsItsType(KqlType type, string field, string expected)
    {
        var column = ColumnAppender.Of(type);
        column.AppendNull();
        column.AppendText(Encoding.UTF8.GetBytes(field));

        var read = column.Read(1, 1);
        var value = read is DynamicColumn { Texts: { } texts } ? texts[0] : read.Box(0);
        (value is DateTime time ? time.ToString("O") : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(KqlType.String, "\"a\\u00e9\\n\"", "aé\n")]
    [InlineData(KqlType.String, "12", "12")]
    [InlineData(KqlType.String, "null", "")]
    [InlineData(KqlType.Long, "12", "12")]
    [InlineData(KqlType.Real, "1.5e3", "1500")]
    [InlineData(KqlType.Bool, "true", "True")]
    [InlineData(KqlType.Bool, "null", "")]
    [InlineData(KqlType.DateTime, "\"2026-11-30T00:00:00Z\"", "2026-11-30T00:00:00.0000000Z")]
    [InlineData(KqlType.Dynamic, "\"a\\\"b\"", "\"a\\\"b\"")]
    [InlineData(KqlType.Dynamic, "{\"a\":[1,\"x\"]}", "{\"a\":[1,\"x\"]}")]
    [InlineData(KqlType.Dynamic, "null", "")]
    public void JsonValue_IsReadAsItsType_AndTheReaderStandsAtItsEnd(KqlType type, string json, string expected)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"[{json},7]"));
        reader.Read();
        reader.Read();
        var column = ColumnAppender.Of(type);
        column.AppendJson(ref reader);
        reader.Read();

        reader.GetInt32().ShouldBe(7);
        var read = column.Read(0, 1);
        var value = read is DynamicColumn { Texts: { } texts } ? texts[0] : read.Box(0);
        (value is DateTime time ? time.ToString("O") : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Fact]
    public async Task Columns_ReadWhileOneThreadAppends_HoldWhatWasThere()
    {
        const int Rows = 60_000;
        var (number, text, flag) = ((ValueAppender<long>)ColumnAppender.Of(KqlType.Long), (TextAppender)ColumnAppender.Of(KqlType.String), ColumnAppender.Of(KqlType.Bool));
        var published = 0;
        var writer = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Rows; i++)
                {
                    number.Append(i < 5000 ? 7 : i);
                    text.Append(i < 5000 ? "same" : $"text {i / 3}");
                    if (i % 5 == 3) flag.AppendNull();
                    else flag.AppendText(i % 2 == 0 ? "1"u8 : "0"u8);
                    Volatile.Write(ref published, i + 1);
                }
            },
            TaskCreationOptions.LongRunning);
        var random = new Random(1);
        for (var count = 0; count < Rows;)
        {
            count = Volatile.Read(ref published);
            if (count == 0) continue;
            var start = random.Next(count);
            var rows = Math.Min(count - start, 10_000);
            var (numbers, texts, flags) = (number.Read(start, rows), text.Read(start, rows), flag.Read(start, rows));
            for (var i = 0; i < rows; i++)
            {
                var row = start + i;
                if (!Equals(numbers.Box(i), row < 5000 ? 7L : row) || ((StringColumn)texts)[i] != (row < 5000 ? "same" : $"text {row / 3}") || !Equals(flags.Box(i), row % 5 == 3 ? null : row % 2 == 0))
                    Assert.Fail($"row {row} of {count}: {numbers.Box(i)}, {((StringColumn)texts)[i]}, {flags.Box(i)}");
            }
        }

        await writer;
    }

    [Fact]
    public void Column_WhoseRowsAreAllTheSame_TakesNoMemory()
    {
        var column = ColumnAppender.Of(KqlType.Decimal);
        for (var i = 0; i < 100_000; i++) column.AppendText("1.10"u8);

        column.SizeBytes.ShouldBe(0);
        column.Read(99_000, 1000).Box(999).ShouldBe(1.10m);
    }

    [Fact]
    public void EventColumns_OfLines_AreWhatTheFileReaderMakesOfThem()
    {
        var random = new Random(2);
        var lines = new StringBuilder();
        for (var i = 0; i < 300; i++)
            lines.Append(string.Join('\t', EventTable.Columns.Select((column, field) => Field(random, column.Type, field)))).Append('\n');
        var utf8 = Encoding.UTF8.GetBytes(lines.ToString());
        var batch = Events.Enriched.EnrichedBatch.Parse(utf8);
        var events = new EventColumns();
        for (var i = 0; i < batch.Count; i++) events.Append(batch[i]);

        var expected = Kql.Files.DelimitedFile.ReadTsv("events", utf8, EventTable.Columns).Extents([])[0];
        events.Count.ShouldBe(300);
        for (var field = 0; field < EventTable.Columns.Count; field++)
        {
            var (read, wanted) = (events.Columns[field].Read(0, 300), expected.Read(field, 0, 300));
            for (var row = 0; row < 300; row++) SameValue.Are(read.Box(row), wanted.Box(row)).ShouldBeTrue($"{EventTable.Columns[field].Name}: {read.Box(row)} and not {wanted.Box(row)}");
        }
    }

    private static string Field(Random random, KqlType type, int field) => random.Next(field % 5 == 0 ? 1_000_000 : 4) == 0 ? "" : random.Next(30) == 0 ? "odd" : type switch
    {
        KqlType.DateTime => $"2026-11-{random.Next(1, 31):D2} 10:{random.Next(60):D2}:00.{random.Next(1000):D3}",
        KqlType.Int => $"{random.Next(field % 2 == 0 ? 1 : 2000)}",
        KqlType.Decimal => $"{random.Next(5000) / 100m}",
        KqlType.Real => $"{random.Next(5000) / 16.0}",
        KqlType.Bool => $"{random.Next(2)}",
        KqlType.Dynamic => $$"""{"schema":"iglu:a/b/jsonschema/1-0-0","data":[{"n":{{random.Next(9)}}}]}""",
        _ => $"text {random.Next(40)} é",
    };

    private static void ShouldHold(ColumnAppender column, object?[] expected, int count, Random random, int seed)
    {
        var start = random.Next(count + 1);
        var length = random.Next(count - start + 1);
        var read = column.Read(start, length);
        read.Length.ShouldBe(length);
        for (var i = 0; i < length; i++)
        {
            if (!SameValue.Are(read.Box(i), expected[start + i]))
                Assert.Fail($"seed {seed}, {column.Type}, row {start + i} of {count}: {read.Box(i)} and not {expected[start + i]}");
        }
    }
}
