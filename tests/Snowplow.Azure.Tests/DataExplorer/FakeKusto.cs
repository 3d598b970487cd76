using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Snowplow.Storage.Blobs;

namespace Snowplow.Azure.Tests.DataExplorer;

/// <summary>
/// What Data Explorer documents of the commands that the loader uses, over HTTP. An ingestion looks for its tag when it begins and writes it when
/// it ends, all of its rows at once: nothing tells two of one tag apart that run side by side. Faults come by chance where they are asked for.
/// </summary>
internal sealed partial class FakeKusto : IAsyncDisposable
{
    private static readonly JsonSerializerOptions AsNamed = new();
    private readonly WebApplication _app;
    private readonly IBlobStore _blobs;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Operation> _operations = [];
    private readonly HashSet<(string Table, string Tag)> _tags = [];
    private readonly Random _random;

    private FakeKusto(IBlobStore blobs, int seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/v1/rest/mgmt", AnswerAsync);
        _app.MapPost("/v1/rest/ingest/snowplow/{table}", StreamAsync);
        (_blobs, _random) = (blobs, new Random(seed));
    }

    public Uri Url => new(_app.Urls.First());

    /// <summary>The lines loaded, by table.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Tables { get; } = new();

    /// <summary>Commands carried out, in order.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>How many requests streamed rows.</summary>
    public int Streams { get; private set; }

    /// <summary>Whether streamed rows are refused, as by a cluster that is too busy.</summary>
    public bool IsBusy { get; set; }

    /// <summary>How many of a hundred requests and operations go wrong.</summary>
    public int Faults { get; set; }

    /// <summary>Called with each command before it is carried out.</summary>
    public Action<string>? OnCommand { get; set; }

    /// <summary>Whether ingestions of a command are refused for good, and how they end then.</summary>
    public Func<string, string?>? Refuse { get; set; }

    /// <summary>Whether a second ingestion of one tag waits for the first.</summary>
    public bool HasSerialTags { get; init; }

    public int Failed { get; private set; }

    public static async Task<FakeKusto> StartAsync(IBlobStore blobs, int seed = 1, bool hasSerialTags = false)
    {
        var kusto = new FakeKusto(blobs, seed) { HasSerialTags = hasSerialTags };
        await kusto._app.StartAsync();
        return kusto;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var command = body.RootElement.GetProperty("csl").GetString()!;
        OnCommand?.Invoke(command);
        if (Chance())
        {
            http.Response.StatusCode = Next(2) == 0 ? 429 : 503;
            await http.Response.WriteAsync("""{"error":{"code":"General_x","message":"Busy","@message":"Try again","@permanent":false}}""");
            return;
        }

        var (columns, rows) = await RunAsync(command);
        if (Chance())
        {
            // Carried out, and nobody is told.
            http.Abort();
            return;
        }

        await http.Response.WriteAsJsonAsync(new
        {
            Tables = new[] { new { TableName = "Table_0", Columns = columns.Select(name => new { ColumnName = name, ColumnType = "string" }), Rows = rows } },
        }, AsNamed);
    }

    private async Task StreamAsync(HttpContext http, string table)
    {
        http.Request.Query["streamFormat"].ShouldBe(["Csv"]);
        http.Request.Query["mappingName"].ShouldBe(["enriched_tsv"]);
        http.Request.Headers.ContentEncoding.ShouldBe(["gzip"]);
        using var text = new StreamReader(new GZipStream(http.Request.Body, CompressionMode.Decompress), Encoding.UTF8);
        var csv = await text.ReadToEndAsync();
        if (IsBusy || Encoding.UTF8.GetByteCount(csv) > 4_000_000)
        {
            http.Response.StatusCode = IsBusy ? 503 : 400;
            await http.Response.WriteAsync("""{"error":{"code":"General_x","message":"Refused","@permanent":false}}""");
            return;
        }

        lock (_lock) Streams++;
        foreach (var line in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Tables.GetOrAdd(table, _ => new ConcurrentQueue<string>()).Enqueue(line);
        await http.Response.WriteAsync("""{"Tables":[]}""");
    }

    private async Task<(string[] Columns, object[][] Rows)> RunAsync(string command)
    {
        Commands.Enqueue(command);
        lock (_lock) Pass();
        if (Ingest().Match(command) is { Success: true } ingest) return (["OperationId"], [[await BeginAsync(ingest)]]);
        if (ShowOperation().Match(command) is { Success: true } show)
            lock (_lock)
            {
                if (!_operations.TryGetValue(show.Groups[1].Value, out var operation)) return (["State", "Status", "ShouldRetry"], []);
                return (["State", "Status", "ShouldRetry"], [[operation.State, "told by the fake", operation.IsRefused ? 0 : 1]]);
            }

        if (command.StartsWith(".show operations |", StringComparison.Ordinal))
            lock (_lock) return (["OperationId", "State"], [.. _operations.Values.Where(operation => operation.IsUnderWay).Select(operation => new object[] { operation.Id, operation.State })]);

        return (["Result"], []);
    }

    private async Task<string> BeginAsync(Match ingest)
    {
        var table = ingest.Groups["table"].Value;
        var lines = new List<string>();
        lock (_lock)
            if (_tags.Contains((table, ingest.Groups["tag"].Value)))
            {
                var skipped = new Operation(Guid.NewGuid().ToString(), table, "", []) { State = "Skipped" };
                _operations.Add(skipped.Id, skipped);
                return skipped.Id;
            }

        if (Refuse?.Invoke(ingest.Value) is { } end)
            lock (_lock)
            {
                var refused = new Operation(Guid.NewGuid().ToString(), table, "", []) { State = end, IsRefused = true };
                _operations.Add(refused.Id, refused);
                return refused.Id;
            }

        foreach (Match uri in Source().Matches(ingest.Groups["sources"].Value)) lines.AddRange(await LinesAsync(uri.Groups[1].Value));
        var tag = ingest.Groups["tag"].Value;
        lock (_lock)
        {
            var operation = new Operation(Guid.NewGuid().ToString(), table, tag, lines) { Left = Next(8) };
            _operations.Add(operation.Id, operation);
            if (HasSerialTags)
                foreach (var first in _operations.Values.Where(other => other.IsUnderWay && other != operation && other.Table == table && other.Tag == tag))
                    End(first);
            if (_tags.Contains((table, tag))) operation.State = "Skipped";
            return operation.Id;
        }
    }

    // Operations go on with time, which each command takes some of, whether somebody asks for them or not.
    private void Pass()
    {
        foreach (var operation in _operations.Values.Where(operation => operation.IsUnderWay && operation.Left-- <= 0).ToList()) End(operation);
    }

    private void End(Operation operation)
    {
        if (Chance())
        {
            operation.State = Next(2) == 0 ? "Failed" : "Throttled";
            // Forgotten, as by a cluster that stood still for hours.
            if (Next(8) == 0) _operations.Remove(operation.Id);
            return;
        }

        operation.State = "Completed";
        var table = Tables.GetOrAdd(operation.Table, _ => new ConcurrentQueue<string>());
        foreach (var line in operation.Lines) table.Enqueue(line);
        _tags.Add((operation.Table, operation.Tag));
    }

    private async Task<IEnumerable<string>> LinesAsync(string uri)
    {
        var name = uri[(uri.IndexOf("/container/", StringComparison.Ordinal) + "/container/".Length)..].Split(';')[0];
        var content = new byte[await _blobs.GetLengthAsync(name, default) ?? throw new InvalidOperationException($"There is no blob '{name}' to load.")];
        await _blobs.ReadAsync(name, 0, content, default);
        using var text = new StreamReader(new GZipStream(new MemoryStream(content), CompressionMode.Decompress), Encoding.UTF8);
        return (await text.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private bool Chance()
    {
        lock (_lock)
        {
            if (_random.Next(100) >= Faults) return false;
            Failed++;
            return true;
        }
    }

    private int Next(int most)
    {
        lock (_lock) return _random.Next(most);
    }

    [GeneratedRegex("""^\.ingest async into table (?<table>\w+) \((?<sources>.*)\) with \(format='(csv', ingestionMappingReference='enriched_tsv|json', ingestionMappingReference='rows_json)', tags='\["ingest-by:(?<tag>[^"]+)"\]', ingestIfNotExists='\["\k<tag>"\]'\)$""")]
    private static partial Regex Ingest();

    [GeneratedRegex(@"^\.show operations ([-0-9a-f]{36})$")]
    private static partial Regex ShowOperation();

    [GeneratedRegex("h'([^']*)'")]
    private static partial Regex Source();

    private sealed record Operation(string Id, string Table, string Tag, IReadOnlyList<string> Lines)
    {
        public string State { get; set; } = "InProgress";

        public int Left { get; set; }

        public bool IsRefused { get; init; }

        public bool IsUnderWay => State == "InProgress";
    }
}
