using System.Text.Json;
using Microsoft.Playwright;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.QueryPage;

/// <summary>The ready-made queries of the page, on the tables that traffic makes.</summary>
[Collection(QueryPlatformCollection.Name)]
public sealed class QueryExampleTests(QueryPlatform platform)
{
    // The simulator sends no such events.
    private static readonly string[] WithoutRows = ["Attribution of conversions", "Web vitals of pages", "Why events are bad"];

    [Fact]
    public async Task Example_OnTheTablesOfTraffic_HasRows()
    {
        foreach (var (title, text) in Examples())
        {
            var rows = await platform.RowsAsync(text);
            if (!WithoutRows.Contains(title)) rows.ShouldNotBeEmpty(title);
        }
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Example_ThatIsClicked_RunsAndIsRightForTheEditor()
    {
        var examples = Examples();
        await using var opened = await OpenedQueryPage.OpenAsync(platform.Snowplow.Url, "");
        await opened.Page.SetViewportSizeAsync(1280, 2400);
        await opened.Page.GetByRole(AriaRole.Tab, new() { Name = "Examples" }).ClickAsync();
        foreach (var (title, _) in examples)
        {
            await opened.WriteAsync(" ");
            await opened.Page.GetByRole(AriaRole.Button, new() { Name = title, Exact = true }).ClickAsync();
            await Assertions.Expect(opened.Results.Locator(".result, .failure").First).ToBeVisibleAsync();
            await Assertions.Expect(opened.Page.Locator("#status")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"\d s$"));
            await Assertions.Expect(opened.Page.Locator("#editor .squiggly-error")).ToHaveCountAsync(0);
        }

        opened.Console.ShouldBeEmpty();
    }

    private static List<(string Title, string Text)> Examples()
    {
        using var examples = JsonDocument.Parse(File.ReadAllText(Path.Combine(Built.Repository, "src", "dashboard", "src", "query", "examples.json")));
        return [.. examples.RootElement.EnumerateArray().Select(example => (example.GetProperty("title").GetString()!, example.GetProperty("text").GetString()!))];
    }
}
