using System.Net.Http.Json;
using System.Text.Json;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.QueryPage;

/// <summary>A running product with a little traffic of its own simulator, for all tests of the query page.</summary>
public sealed class QueryPlatform : IAsyncLifetime, IDisposable
{
    private const int Events = 1500;

    private readonly DataFolder _data = new();

    private SnowplowProcess? _snowplow;

    internal SnowplowProcess Snowplow => _snowplow ?? throw new InvalidOperationException("The platform has not been started.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _snowplow = await SnowplowProcess.StartAsync(_data, SnowplowProcess.FreeAddress(), new Settings());
        await ChildProcess.RunAsync(
            "dotnet", [Built.Executable, "simulate", "--collector", Snowplow.Url.GetLeftPart(UriPartial.Authority), "--events", $"{Events}", "--rate", "0", "--users", "60"],
            Path.GetTempPath(), Eventually.Patience);
        await Eventually.HappensAsync(
            "all events can be queried",
            async () => (await RowsAsync("events | count"))[0][0].GetInt64() == Events && (await RowsAsync("sessions | count"))[0][0].GetInt64() > 20 ? "" : null,
            () => Snowplow.Output);
    }

    /// <summary>The rows of a query's first result; an answer with an error fails the test.</summary>
    internal async Task<JsonElement[][]> RowsAsync(string query)
    {
        using var response = await Snowplow.Http.PostAsJsonAsync(new Uri("v2/rest/query", UriKind.Relative), new { db = "snowplow", csl = query });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        response.IsSuccessStatusCode.ShouldBeTrue($"{query}\n{answer.GetRawText()}");
        var frames = answer.EnumerateArray().ToList();
        frames[^1].GetProperty("HasErrors").GetBoolean().ShouldBeFalse($"{query}\n{frames[^1].GetRawText()}");
        return [.. frames[2].GetProperty("Rows").EnumerateArray().Select(row => row.EnumerateArray().ToArray())];
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_snowplow is not null) await _snowplow.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();
}

/// <summary>The tests that share a <see cref="QueryPlatform"/>.</summary>
[CollectionDefinition(Name)]
public sealed class QueryPlatformCollection : ICollectionFixture<QueryPlatform>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "query page";
}
