using System.Text.Json;

namespace Snowplow.Model.Tests.History;

/// <summary>A tiny history whose rows are known by hand: both the oracle and the grains must have them.</summary>
internal sealed class KnownHistory
{
    private readonly Tables _oracle;
    private readonly Tables _grains;

    public KnownHistory(params TestEvent[] events)
    {
        _oracle = SqlOracle.Compute(TestEvent.Lines(events));
        var pipeline = new Pipeline(0, HistoryTables.Rules) { Trouble = 0 };
        pipeline.Run(events, 1);
        _grains = pipeline.Tables;
    }

    /// <summary>An event at seconds from <see cref="TestEvent.Noon"/>; its id ends in these.</summary>
    public static TestEvent At(double second, string name = "page_view") => new()
    {
        Id = $"00000000-0000-4000-8000-{(long)Math.Round(second * 1000):D12}",
        Name = name,
        Time = TestEvent.Noon.AddMilliseconds(Math.Round(second * 1000)),
        Created = TestEvent.Noon.AddMilliseconds(Math.Round(second * 1000)),
    };

    /// <summary>An event of a browser's session.</summary>
    public static TestEvent Web(double second, string name = "page_view", string? view = null) =>
        At(second, name) with { DomainUserid = "duid", DomainSessionid = "visit", WebPageId = view };

    /// <summary>Checks which rows a table has.</summary>
    public void Has(string table, params string[] keys)
    {
        _oracle[table].Rows.Keys.Order(StringComparer.Ordinal).ShouldBe(keys.Order(StringComparer.Ordinal), $"{table} of the oracle");
        Living(_grains[table]).Order(StringComparer.Ordinal).ShouldBe(keys.Order(StringComparer.Ordinal), $"{table} of the grains");
    }

    /// <summary>Checks columns of a row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="columns">The columns and their values as JSON, null for none. The row may have others.</param>
    public void Row(string table, string key, string columns) => Row(table, key, columns, isWhole: false);

    /// <summary>Checks a row that has these columns and no others, but those that depend on the course.</summary>
    public void WholeRow(string table, string key, string columns) => Row(table, key, columns, isWhole: true);

    private void Row(string table, string key, string columns, bool isWhole)
    {
        var expected = JsonElement.Parse(columns);
        foreach (var (side, rows) in new[] { ("oracle", _oracle[table].Rows), ("grains", _grains[table].Rows) })
        {
            rows.Keys.ShouldContain(key, $"{table} of the {side}");
            var compared = HistoryTables.Compared(HistoryTables.All.Single(t => t.Name == table)).Select(column => column.Name).ToHashSet();
            foreach (var column in expected.EnumerateObject()) Check($"{table} {column.Name} of the {side}", rows[key], column);
            if (isWhole)
            {
                rows[key].EnumerateObject().Select(column => column.Name).Where(compared.Contains)
                    .ShouldBe(expected.EnumerateObject().Select(column => column.Name), ignoreOrder: true, $"columns of {table} of the {side}");
            }
        }
    }

    private static void Check(string label, JsonElement row, JsonProperty expected)
    {
        if (expected.Value.ValueKind == JsonValueKind.Null) row.TryGetProperty(expected.Name, out _).ShouldBeFalse($"{label} should be null");
        else if (TableComparison.Value(row, expected.Name) is not { } value || !JsonElement.DeepEquals(value, expected.Value))
            (row.TryGetProperty(expected.Name, out var actual) ? actual.GetRawText() : "null").ShouldBe(expected.Value.GetRawText(), label);
    }

    private static IEnumerable<string> Living(TableRows rows) => rows.Rows.Where(row => !row.Value.TryGetProperty("merged_into", out _)).Select(row => row.Key);
}
