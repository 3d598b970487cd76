using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Silo.Access;
using Snowplow.Silo.Kusto;
using Snowplow.Silo.Query;

namespace Snowplow.Silo.Tests.Kusto;

/// <summary>The endpoints of Kusto's protocol over sockets, in front of two small tables.</summary>
internal sealed class KustoServer : IAsyncDisposable
{
    public const string Key = "a-key-of-sufficient-length";

    private readonly WebApplication _app;
    private readonly TemporaryFolder _files;

    private KustoServer(WebApplication app, TemporaryFolder files)
    {
        _app = app;
        _files = files;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First().Replace("0.0.0.0", "127.0.0.1")), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    /// <summary>A file that queries may read, or have written.</summary>
    public string File(string name) => _files.File($"files/{name}");

    public static async Task<KustoServer> StartAsync(string url = "http://127.0.0.1:0")
    {
        var files = new TemporaryFolder();
        Directory.CreateDirectory(files.File("files"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton<Exposure>();
        builder.Services.AddSingleton(new Lazy<ApiKey>(() => ApiKey.Load(Key, "unused")));
        builder.Services.AddKusto();
        builder.Services.AddSingleton(new LocalFiles(files.File("files"), isBound: true));
        var database = new Database(
            [DelimitedFile.ReadCsv("orders", "id,city,amount\n1,Bern,2.5\n2,Köln,\n3,Bern,4\n"u8), DelimitedFile.ReadCsv("cities", "city,country\nBern,CH\n"u8)]);
        builder.Services.AddSingleton<Func<Database>>(() => database);
        builder.Services.AddSingleton<CommandRunner>((text, options, stop) =>
        {
            var outcome = new CommandEngine(database).Run(text, options, stop);
            database = outcome.Database;
            return outcome;
        });
        var app = builder.Build();
        app.UseRouting();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.MapKusto();
        await app.StartAsync();
        return new KustoServer(app, files);
    }

    /// <summary>The tables of an answer of version 2 that has them: rows by kind.</summary>
    public async Task<JsonElement[]> FramesAsync(string text, object? properties = null)
    {
        using var response = await PostAsync("/v2/rest/query", text, properties);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray()];
    }

    /// <summary>The rows of the first result, as JSON.</summary>
    public async Task<string> RowsAsync(string text, object? properties = null) =>
        (await FramesAsync(text, properties)).First(frame => frame.TryGetProperty("TableKind", out var kind) && kind.GetString() == "PrimaryResult").GetProperty("Rows").GetRawText();

    /// <summary>The status and the member <c>error</c> of an answer.</summary>
    public async Task<(int Status, JsonElement Error)> ErrorAsync(string text, object? properties = null, string database = "snowplow")
    {
        using var response = await Http.PostAsJsonAsync(new Uri("/v2/rest/query", UriKind.Relative), new { db = database, csl = text, properties });
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error"));
    }

    public Task<HttpResponseMessage> PostAsync(string path, string text, object? properties = null, CancellationToken stop = default) =>
        Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), new { db = "snowplow", csl = text, properties }, stop);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _files.Dispose();
    }
}
