using System.Text.Json;
using Microsoft.Playwright;
using Snowplow.EndToEnd.Tests.Harness;
using Snowplow.EndToEnd.Tests.Trackers;

namespace Snowplow.EndToEnd.Tests.QueryPage;

/// <summary>The page <c>/query</c> in a browser, with a query in its editor.</summary>
internal sealed class OpenedQueryPage : IAsyncDisposable
{
    private readonly Browser _browser;

    // Kusto's language service is eight megabytes of script, which a busy machine takes its time for.
    static OpenedQueryPage() => Assertions.SetDefaultExpectTimeout((float)Eventually.Patience.TotalMilliseconds);

    private OpenedQueryPage(Browser browser) => _browser = browser;

    /// <summary>The page.</summary>
    public IPage Page => _browser.Page;

    /// <summary>The button that runs the query at the cursor.</summary>
    public ILocator Run => Page.GetByRole(AriaRole.Button, new() { Name = "Run" });

    /// <summary>The results.</summary>
    public ILocator Results => Page.Locator("#results");

    /// <summary>The rows of the table that is shown.</summary>
    public ILocator Rows => Results.Locator(".grid-body [role=row]");

    /// <summary>What the browser complains of.</summary>
    public IReadOnlyList<string> Console => _browser.Console;

    /// <summary>Opens the page and waits until editor and tables are there.</summary>
    /// <param name="server">The server.</param>
    /// <param name="query">What stands in the editor.</param>
    /// <param name="key">The API key of a server that asks for it.</param>
    public static async Task<OpenedQueryPage> OpenAsync(Uri server, string query, string? key = null)
    {
        // The draft of an earlier visit is what the editor begins with; a reload finds what the page itself has kept.
        var draft = $"if (!sessionStorage.opened) localStorage.setItem('snowplow.query.draft', {JsonSerializer.Serialize(query)}); sessionStorage.opened = 1;";
        var opened = new OpenedQueryPage(await Browser.OpenAsync(new Uri(server, "query"), draft, key));
        await opened.Page.SetViewportSizeAsync(1280, 800);
        await opened.ReadyAsync();
        return opened;
    }

    /// <summary>Waits until the page can be used.</summary>
    public async Task ReadyAsync()
    {
        await Page.Locator("html[data-ready]").WaitForAsync();
        await Page.Locator("#tree summary").First.WaitForAsync();
    }

    /// <summary>Puts the cursor into the editor.</summary>
    public Task FocusEditorAsync() => Page.Locator("#editor .view-line").First.ClickAsync();

    /// <summary>Writes another query into the editor.</summary>
    public async Task WriteAsync(string query)
    {
        await FocusEditorAsync();
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.InsertTextAsync(query);
    }

    /// <summary>The texts of the rows that are shown, cells by <c>|</c>.</summary>
    public async Task<IReadOnlyList<string>> RowTextsAsync()
    {
        await Rows.First.WaitForAsync();
        return await Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.grid-body [role=row]')].sort((a, b) => a.dataset.row - b.dataset.row).map(row => [...row.children].map(cell => cell.textContent).join('|'))");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
