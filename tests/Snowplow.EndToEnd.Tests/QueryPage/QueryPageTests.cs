using Microsoft.Playwright;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.QueryPage;

/// <summary>The page <c>/query</c>, used as people use it.</summary>
[Collection(QueryPlatformCollection.Name)]
public sealed class QueryPageTests(QueryPlatform platform)
{
    private const string Small = "datatable(name: string, n: long, at: datetime) ['b', 2, datetime(2026-03-01), 'a', 10, datetime(null), 'c', 9, datetime(2026-01-01)]";

    private Uri Server => platform.Snowplow.Url;

    [NeedsTheory(Tool.Chromium, Tool.Node)]
    [InlineData("Shift+Enter")]
    [InlineData("Control+Enter")]
    public async Task Keys_InTheEditor_RunTheQueryAtTheCursor(string keys)
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, $"{Small}\n| project name, n\n\nprint other = 1");

        await opened.FocusEditorAsync();
        await opened.Page.Keyboard.PressAsync(keys);

        (await opened.RowTextsAsync()).ShouldBe(["b|2", "a|10", "c|9"]);
        (await opened.Page.Locator("#status").TextContentAsync())!.ShouldMatch(@"^\d+\.\d\d s$");
        opened.Console.ShouldBeEmpty();
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Grid_SortsByTheColumnThatIsClicked_AndHasTheQuerysOrderAgainAfterwards()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, Small);
        await opened.Run.ClickAsync();

        (await SortedByAsync("n")).ShouldBe(["a", "c", "b"]);
        (await SortedByAsync("n")).ShouldBe(["b", "c", "a"]);
        (await SortedByAsync("n")).ShouldBe(["b", "a", "c"]);
        (await SortedByAsync("name")).ShouldBe(["a", "b", "c"]);
        (await SortedByAsync("at")).ShouldBe(["a", "c", "b"]);

        async Task<IEnumerable<string>> SortedByAsync(string column)
        {
            await opened.Results.GetByRole(AriaRole.Columnheader, new() { Name = column, Exact = false }).Filter(new() { HasTextRegex = new($"^{column}[ ↑↓]*$") }).Locator("button").ClickAsync();
            return (await opened.RowTextsAsync()).Select(row => row.Split('|')[0]);
        }
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Grid_IsUsedByKeys_AndOpensARow()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, "range i from 1 to 5000 step 1 | extend o = bag_pack('half', i / 2)");
        await opened.Run.ClickAsync();
        await opened.Rows.First.Locator("[role=gridcell]").First.ClickAsync();

        await opened.Page.Keyboard.PressAsync("Control+End");
        await Expect(opened.Page.Locator(":focus")).ToHaveTextAsync("{\"half\":2500}");
        (await opened.Rows.CountAsync()).ShouldBeLessThan(100);
        await opened.Page.Keyboard.PressAsync("ArrowUp");
        await opened.Page.Keyboard.PressAsync("Enter");

        await Expect(opened.Page.Locator("#record")).ToBeVisibleAsync();
        (await opened.Page.Locator("#record-body").TextContentAsync())!.ShouldContain("\"half\": 2499");
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Export_GivesCsvInTheOrderOfTheTable_AndCopyTheSameWithTabs()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, "datatable(name: string, n: long) ['x, \"y\"', 1, 'z', 2]");
        await opened.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await opened.Run.ClickAsync();
        await opened.Results.GetByRole(AriaRole.Columnheader).Filter(new() { HasTextRegex = new("^n$") }).Locator("button").ClickAsync();

        var download = await opened.Page.RunAndWaitForDownloadAsync(() => opened.Results.GetByText("Export CSV").ClickAsync());
        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldBe("name,n\nz,2\n\"x, \"\"y\"\"\",1\n");
        await opened.Results.GetByText("Copy", new() { Exact = true }).ClickAsync();
        await Expect(opened.Results.GetByText("Copied.")).ToBeVisibleAsync();
        (await opened.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).ShouldBe("name\tn\nz\t2\nx, \"y\"\t1\n");
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Error_OfTheServer_IsMarkedAtItsPlaceInTheEditor()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, "print first = 1\n\nprint x = 1\n| extend y = x + 1 | where wrong == 1");
        await opened.Page.Locator("#editor .view-line").Nth(3).ClickAsync();
        await opened.Page.Keyboard.PressAsync("Shift+Enter");

        await Expect(opened.Results.GetByRole(AriaRole.Alert)).ToContainTextAsync("Failed to resolve column or scalar expression named 'wrong'");
        await Expect(opened.Page.Locator("#editor .squiggly-error").First).ToBeVisibleAsync();
        await opened.Page.Keyboard.PressAsync("F8");
        await Expect(opened.Page.Locator("#editor .marker-widget")).ToContainTextAsync("wrong");
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Editor_KnowsTheTablesOfTheServer()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, "sessions | where default_chann");
        await opened.FocusEditorAsync();
        await opened.Page.Keyboard.PressAsync("End");

        // The language service takes the schema a moment after the tree has it.
        await Eventually.HappensAsync(
            "the editor completes a column of sessions",
            async () =>
            {
                await opened.Page.Keyboard.PressAsync("Escape");
                await opened.Page.Keyboard.PressAsync("Control+Space");
                await Task.Delay(300);
                return await opened.Page.Locator(".suggest-widget.visible .monaco-list-row").GetByText("default_channel_group").CountAsync() > 0 ? "" : null;
            },
            () => string.Join('\n', opened.Console));
        await opened.WriteAsync("sessionz | count");
        await Expect(opened.Page.Locator("#editor .squiggly-error").First).ToBeVisibleAsync();
        await opened.WriteAsync("sessions | count");
        await Expect(opened.Page.Locator("#editor .squiggly-error")).ToHaveCountAsync(0);
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Query_ThatIsSaved_IsThereAfterwards()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, "print kept = 7");
        opened.Page.Dialog += (_, dialog) => dialog.AcceptAsync("Mine");
        await opened.FocusEditorAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await opened.WriteAsync("print draft = 8");
        await opened.Page.ReloadAsync();
        await opened.ReadyAsync();

        await opened.FocusEditorAsync();
        await opened.Page.Keyboard.PressAsync("Shift+Enter");
        (await opened.RowTextsAsync()).ShouldBe(["8"]);
        await opened.Page.GetByRole(AriaRole.Tab, new() { Name = "Saved" }).ClickAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Mine", Exact = true }).ClickAsync();
        await opened.Page.Keyboard.PressAsync("Shift+Enter");
        await Expect(opened.Results.GetByRole(AriaRole.Columnheader)).ToContainTextAsync("kept");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Mine" }).ClickAsync();
        await Expect(opened.Page.Locator("#pane-saved")).ToContainTextAsync("Save keeps the query");
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Tree_ShowsColumnsWithTypesAndValues_AndWritesNames()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, " ");
        await opened.Page.Locator("#tree-filter").FillAsync("v_tracker");
        var column = opened.Page.Locator("#tree .column > summary").First;
        await Expect(column).ToContainTextAsync("v_trackerstring");

        await column.ClickAsync();
        await Expect(opened.Page.Locator("#tree .values .value").First).ToBeVisibleAsync();
        await column.HoverAsync();
        await column.Locator("button").ClickAsync();
        await Expect(opened.Page.Locator("#editor .view-line").First).ToHaveTextAsync("v_tracker");
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Cancel_EndsAQueryThatTakesLong()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, "range x from 1 to 1000000000000 step 1 | summarize count()");
        await opened.Run.ClickAsync();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(opened.Page.Locator("#status")).ToHaveTextAsync("Cancelled.");
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Page_WhereDarkIsPreferred_IsDarkWithItsEditor()
    {
        await using var opened = await OpenedQueryPage.OpenAsync(Server, "print 1");
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await Expect(opened.Page.Locator("#editor .monaco-editor").First).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("vs-dark"));
        (await opened.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).colorScheme + getComputedStyle(document.querySelector('#editor .monaco-editor')).backgroundColor")).ShouldContain("rgb(26, 29, 39)");
    }

    [NeedsFact(Tool.Chromium, Tool.Node)]
    public async Task Page_OfAServerThatOthersCanReach_WorksWithTheKeyAsPassword()
    {
        using var data = new DataFolder();
        var address = SnowplowProcess.FreeAddress();
        await using var snowplow = await SnowplowProcess.StartAsync(
            [Built.Executable, "serve", "--data", data.Path, "--urls", $"http://0.0.0.0:{address.Port}"], Path.GetTempPath(), data, address);
        var key = (await File.ReadAllTextAsync(Path.Combine(data.Path, "api-key"))).Trim();

        await using var opened = await OpenedQueryPage.OpenAsync(address, "print open = 1", key);
        await opened.Run.ClickAsync();
        (await opened.RowTextsAsync()).ShouldBe(["1"]);
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
