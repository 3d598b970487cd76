using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests.Properties;

/// <summary>Random queries over random tables, against an evaluator that goes row by row.</summary>
public sealed class ReferenceTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 50_000 : 400;

    private static readonly (string Name, KqlType Type)[] Columns = [("n", KqlType.Long), ("r", KqlType.Real), ("s", KqlType.String), ("b", KqlType.Bool), ("t", KqlType.DateTime)];

    [Fact]
    public void Query_OnAnyNumberOfThreads_GivesWhatTheReferenceGives()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var (left, right) = (Rows(random, random.Next(60)), Rows(random, random.Next(12)));
            var database = new Database([new SplitTable("A", Columns, left.Rows, random), new SplitTable("B", Columns, right.Rows, random)]);
            var (query, expected, isOrdered) = Query(random, left, right);
            foreach (var workers in new[] { 1, 2, 7 })
            {
                var rows = new KqlEngine(database).Run(query, new QueryOptions { Workers = workers })[0].Rows().Select(Text).ToList();
                var wanted = expected.Rows.Select(Text).ToList();
                // An inner join may go by its other side.
                if (!isOrdered)
                {
                    rows.Sort(StringComparer.Ordinal);
                    wanted.Sort(StringComparer.Ordinal);
                }

                rows.ShouldBe(wanted, $"seed {seed}, {workers} workers: {query}");
            }
        }
    }

    private static ReferenceRows Rows(Random random, int count) => new(
        [.. Columns.Select(column => column.Name)],
        [.. Enumerable.Range(0, count).Select(_ => new object?[]
        {
            random.Next(5) == 0 ? null : (long)random.Next(-3, 6),
            random.Next(5) == 0 ? null : random.Next(-8, 8) / 4.0,
            new[] { "", "a", "A", "b c", "é", "zebra" }[random.Next(6)],
            random.Next(4) == 0 ? null : random.Next(2) == 0,
            random.Next(6) == 0 ? null : new DateTime(2026, 1, 1 + random.Next(5), random.Next(24), 0, 0, DateTimeKind.Utc),
        })]);

    private static (string Query, ReferenceRows Rows, bool IsOrdered) Query(Random random, ReferenceRows left, ReferenceRows right)
    {
        var query = "A";
        var rows = left;
        var isOrdered = true;
        for (var step = random.Next(1, 5); step > 0; step--)
        {
            (var text, rows) = random.Next(6) switch
            {
                0 or 1 => Where(random, rows),
                2 => ($"extend e{step} = n * 2 + 1", rows.Extend($"e{step}", row => row[0] is long number ? (number * 2) + 1 : null)),
                3 => ($"extend f{step} = iff(b, s, strcat(s, '!'))", rows.Extend($"f{step}", row => row[3] is true ? row[2] : row[2] + "!")),
                4 => ("sort by t asc", rows.Sort("t", true)),
                _ => ("sort by r desc", rows.Sort("r", false)),
            };
            query += " | " + text;
        }

        (string, ReferenceRows, bool) last = random.Next(7) switch
        {
            0 => ($"summarize c = count(), x = sum(n), m = min(r), d = dcount(s) by b, s", rows.Group(["b", "s"], Count, Sum, Min, Distinct), true),
            1 => ("summarize c = count(), x = sum(n), m = min(r), d = dcount(s)", rows.Group([], Count, Sum, Min, Distinct), true),
            2 => ("summarize c = count(), l = make_list(n) by day = bin(t, 1d)", rows.Extend("day", row => row[4] is DateTime time ? time.Date : null).Group(["day"], Count, ("l", List)), true),
            3 => ("distinct s, n", rows.Group(["s", "n"]), true),
            4 => ("join kind=inner B on s", rows.Join(right, "s", false), false),
            5 => ("join kind=leftouter B on s", rows.Join(right, "s", true), true),
            _ => ("take 7", rows with { Rows = [.. rows.Rows.Take(7)] }, true),
        };
        return ($"{query} | {last.Item1}", last.Item2, isOrdered && last.Item3);
    }

    private static (string Name, Func<List<object?[]>, object?> Make) Count => ("c", group => (long)group.Count);

    private static (string Name, Func<List<object?[]>, object?> Make) Sum => ("x", group => group.Sum(row => row[0] as long? ?? 0));

    private static (string Name, Func<List<object?[]>, object?> Make) Min => ("m", group => group.Min(row => row[1] as double?));

    private static (string Name, Func<List<object?[]>, object?> Make) Distinct => ("d", group => (long)group.Select(row => row[2]).Distinct().Count());

    private static object? List(List<object?[]> group) => group.Select(row => row[0]).Where(value => value is not null).ToArray();

    private static (string Text, ReferenceRows Rows) Where(Random random, ReferenceRows rows)
    {
        var number = random.Next(-2, 5);
        return random.Next(7) switch
        {
            0 => ($"where n > {number}", rows.Where(row => row[0] is long value && value > number)),
            1 => ($"where n != {number}", rows.Where(row => row[0] is not long value || value != number)),
            2 => ("where s =~ 'a'", rows.Where(row => row[2] is "a" or "A")),
            3 => ("where b or r < 0", rows.Where(row => row[3] is true || row[1] is < 0.0)),
            4 => ("where not(b) and s in ('', 'zebra', 'b c')", rows.Where(row => row[3] is false && row[2] is ("" or "zebra" or "b c"))),
            5 => ("where t >= datetime(2026-01-03) and isnotnull(n)", rows.Where(row => row[4] is DateTime time && time.Day >= 3 && row[0] is not null)),
            _ => ("where s has 'b' or s contains 'EB'", rows.Where(row => row[2] is "b c" or "zebra")),
        };
    }

    private static string Text(object?[] row) => string.Join(" | ", row.Select(value => value is null ? "null" : DynamicValue.Text(value)));
}
