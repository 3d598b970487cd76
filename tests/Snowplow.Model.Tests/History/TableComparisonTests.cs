using System.Text.Json.Nodes;

namespace Snowplow.Model.Tests.History;

public sealed class TableComparisonTests
{
    // cv_signup lists no events; and only the event screen_view has what it has before it, which in these tables stands for none.
    private static readonly string[] NeverFilled =
    [
        "sessions cv_signup_events", "sessions cv_signup_values",
        .. new[] { "conversions", "web_vitals", "consent_log", "app_errors" }
            .SelectMany(table => new[] { $"{table} screen_view__previous_id", $"{table} screen_view__previous_name" }),
    ];

    [Fact]
    public void Traffic_OfTheHistories_FillsEveryColumnAndBothSidesOfEachSwitch()
    {
        var traffic = new Traffic(1);
        var tables = SqlOracle.Compute(TestEvent.Lines(
            [.. traffic.Population(200, TimeSpan.FromDays(2)), TestEvent.Forget(TestEvent.Noon, ["d:nobody"])]));
        var empty = HistoryTables.All.SelectMany(table => HistoryTables.Compared(table).Where(column => !IsFilled(tables[table.Name], column))
            .Select(column => $"{table.Name} {column.Name}"));
        empty.ShouldBe(NeverFilled, ignoreOrder: true);
    }

    [Fact]
    public void Comparison_OfRowsThatDiffer_NamesTableKeyColumnAndBothValues()
    {
        var (actual, expected) = (Tables("DE", "page"), Tables("PL", "page"));
        TableComparison.Differences(actual, expected).ShouldBe(["consent_users d:duid geo_country: DE, by the oracle PL"]);
        TableComparison.Differences(Tables(null, "page"), expected).ShouldBe(["consent_users d:duid geo_country: null, by the oracle PL"]);
        TableComparison.Differences(actual, Tables("DE")).ShouldBe(["consent_users d:duid last_consent_url: page, by the oracle null"]);
        TableComparison.Differences(new Tables(), expected).ShouldBe(["consent_users d:duid: there is no such row"]);
        TableComparison.Differences(actual, new Tables()).ShouldBe(["consent_users d:duid: the oracle has no such row"]);
    }

    private static Tables Tables(string? country, string? url = null)
    {
        var row = new JsonObject { ["user_key"] = "d:duid" };
        if (country is not null) row["geo_country"] = country;
        if (url is not null) row["last_consent_url"] = url;
        var tables = new Tables();
        tables["consent_users"].Add(System.Text.Json.JsonElement.Parse(row.ToJsonString()));
        return tables;
    }

    private static bool IsFilled(TableRows rows, ModelColumn column)
    {
        var values = rows.Rows.Values.Where(row => row.TryGetProperty(column.Name, out _)).Select(row => row.GetProperty(column.Name).GetRawText()).Distinct();
        return column.Type == "bool" ? values.Count() == 2 : values.Any();
    }
}
