using Microsoft.Playwright;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.QueryPage;

/// <summary>What the page draws for <c>render</c>.</summary>
[Collection(QueryPlatformCollection.Name)]
public sealed class QueryChartTests(QueryPlatform platform)
{
    private const string Times = "range t from datetime(2026-03-01) to datetime(2026-03-05) step 1d | extend n = 1.0 * dayofmonth(t), m = 2.0";
    private const string Names = "datatable(name: string, n: long) ['a', 1, 'b', 2, 'c', 3]";

    [NeedsTheory(Tool.Chromium, Tool.Node)]
    [InlineData(Times + " | render timechart", "timechart", "polyline", 2, "n m")]
    [InlineData("print n = 1 | extend t = datetime(2026-03-01) | make-series s = count() on t from datetime(2026-03-01) to datetime(2026-03-05) step 1d | render timechart", "timechart", "polyline", 1, "")]
    [InlineData(Times + " | render linechart with (ycolumns=n)", "linechart", "polyline", 1, "")]
    [InlineData(Times + " | render areachart with (kind=stacked)", "areachart", "polygon", 2, "n m")]
    [InlineData(Names + " | render columnchart", "columnchart", "rect", 3, "")]
    [InlineData("union (" + Names + " | extend half = 'x'), (" + Names + " | extend half = 'y') | render barchart with (kind=stacked, series=half, xcolumn=name)", "barchart", "rect", 6, "x y")]
    [InlineData(Names + " | render piechart", "piechart", "path.slice", 3, "c 50.0 % b 33.3 % a 16.7 %")]
    [InlineData("range x from 1 to 7 step 1 | extend y = x * x | render scatterchart", "scatterchart", "circle", 7, "")]
    [InlineData("datatable(country: string, n: long) ['CH', 1, 'DE', 2, 'Norway', 3] | render piechart with (kind=map)", "map", "path.has", 3, "")]
    [InlineData("datatable(longitude: real, latitude: real, n: long) [8.5, 47.4, 1, 10.7, 59.9, 2] | render scatterchart with (kind=map)", "map", "circle.dot", 2, "")]
    public async Task Render_DrawsItsMarks(string query, string kind, string mark, int count, string legend)
    {
        await using var opened = await OpenedQueryPage.OpenAsync(platform.Snowplow.Url, query);
        await opened.Run.ClickAsync();

        await Assertions.Expect(opened.Results.Locator($".chart[data-kind={kind}] svg {mark}")).ToHaveCountAsync(count);
        var entries = await opened.Results.Locator(".legend-entry").AllInnerTextsAsync();
        string.Join(' ', entries.Select(entry => entry.ReplaceLineEndings(" ").Trim())).ShouldBe(legend);
        opened.Console.ShouldBeEmpty();
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Card_ShowsTheFiguresOfTheFirstRow()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(platform.Snowplow.Url, "print sessions = 1234567, rate = 12.5 | render card");
        await opened.Run.ClickAsync();

        await Assertions.Expect(opened.Results.Locator(".figure")).ToHaveTextAsync(["1.2Msessions", "12.5rate"]);
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Chart_IsChosenForAnyResult_AndSaysWhatItLacks()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(platform.Snowplow.Url, Names);
        await opened.Run.ClickAsync();
        var view = opened.Results.GetByLabel("Show as");

        await view.SelectOptionAsync("columnchart");
        await Assertions.Expect(opened.Results.Locator("svg rect")).ToHaveCountAsync(3);
        await view.SelectOptionAsync("timechart");
        await Assertions.Expect(opened.Results).ToContainTextAsync("A time chart needs a column of type datetime.");
        await view.SelectOptionAsync("");
        (await opened.RowTextsAsync()).ShouldBe(["a|1", "b|2", "c|3"]);
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Chart_TellsTheValuesUnderThePointer_AndHidesASeriesOfTheLegend()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(platform.Snowplow.Url, Times + " | render timechart");
        await opened.Run.ClickAsync();
        var chart = opened.Results.Locator(".chart svg");
        await Assertions.Expect(chart.Locator("polyline")).ToHaveCountAsync(2);

        var box = (await chart.BoundingBoxAsync())!;
        await opened.Page.Mouse.MoveAsync(box.X + box.Width - 20, box.Y + (box.Height / 2));
        await Assertions.Expect(opened.Results.Locator(".tooltip")).ToHaveTextAsync("2026-03-05 00:00:00n5m2");
        await opened.Results.Locator(".legend-entry").Nth(1).ClickAsync();
        await Assertions.Expect(chart.Locator("polyline")).ToHaveCountAsync(1);
        await Assertions.Expect(opened.Results.Locator(".legend-entry").Nth(1)).ToHaveAttributeAsync("aria-pressed", "false");
    }
}
