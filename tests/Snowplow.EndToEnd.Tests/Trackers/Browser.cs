using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>Headless Chromium with one page open.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _console = [];

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        page.Console += (_, message) => _console.Add(message.Text);
        page.PageError += (_, error) => _console.Add(error);
        page.RequestFailed += (_, request) => _console.Add($"{request.Method} {request.Url}: {request.Failure}");
    }

    /// <summary>The open page.</summary>
    public IPage Page { get; }

    /// <summary>What the page has logged, its script errors, and the requests that failed.</summary>
    public IReadOnlyList<string> Console => _console;

    /// <summary>Opens a page with a fresh profile.</summary>
    /// <param name="page">The address.</param>
    /// <param name="settings"><c>window.settings</c> of <c>clients/browser/page.js</c>.</param>
    public static Task<Browser> OpenAsync(Uri page, JsonObject settings) => OpenAsync(page, $"window.settings = {settings.ToJsonString()}");

    /// <summary>Opens a page with a fresh profile.</summary>
    /// <param name="page">The address.</param>
    /// <param name="before">A script that runs before those of each page.</param>
    /// <param name="password">What the user types, with any name, where a server asks for it; null where none should ask.</param>
    public static async Task<Browser> OpenAsync(Uri page, string before, string? password = null)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Tools.Chromium, Args = Arguments });
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1000, Height = 600 },
            ScreenSize = new() { Width = 1600, Height = 900 },
            Locale = "de-CH",
            TimezoneId = "Europe/Zurich",
            HttpCredentials = password is null ? null : new() { Username = "anyone", Password = password },
        });
        var opened = new Browser(playwright, browser, await context.NewPageAsync());
        await opened.Page.AddInitScriptAsync(before);
        await opened.Page.GotoAsync(page.AbsoluteUri);
        return opened;
    }

    /// <summary>Calls a function of <c>window.site</c> with one argument.</summary>
    public Task SiteAsync(string function, string? argument = null) => Page.EvaluateAsync($"() => {{ window.site.{function}({argument}) }}");

    /// <summary>Evaluates an expression to a string.</summary>
    public async Task<string> ValueAsync(string expression) => (await Page.EvaluateAsync<JsonElement>($"() => String({expression})")).GetString()!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
