using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Core;

namespace Snowplow.Azure.DataExplorer;

/// <summary>Data Explorer's REST protocol: management commands (<c>POST /v1/rest/mgmt</c>) and rows that are streamed (<c>POST /v1/rest/ingest/…</c>).</summary>
/// <param name="http">Sends the requests; its time limit is that of a command.</param>
/// <param name="options">The cluster and the database.</param>
/// <param name="credential">Signs in; null for an emulator, which knows nobody.</param>
internal sealed class KustoClient(HttpClient http, DataExplorerOptions options, TokenCredential? credential)
{
    private readonly Uri _uri = new(options.Cluster!, "v1/rest/mgmt");
    private readonly string[] _scopes = [$"{options.Cluster!.GetLeftPart(UriPartial.Authority)}/.default"];

    /// <summary>Runs a command.</summary>
    /// <returns>The rows of the first table, by the names of columns.</returns>
    /// <exception cref="KustoException">It failed.</exception>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>> RunAsync(string command, CancellationToken cancellationToken) =>
        Rows(await PostAsync(_uri, JsonContent.Create(new { db = options.Database, csl = command }), cancellationToken));

    /// <summary>Streams rows into a table: they are to be queried at once. Where the answer is lost they may be in it all the same.</summary>
    /// <param name="table">The table, whose policy allows it.</param>
    /// <param name="mapping">The mapping of its columns.</param>
    /// <param name="csv">The rows, 4 MB at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KustoException">It failed.</exception>
    public async Task StreamAsync(string table, string mapping, ReadOnlyMemory<byte> csv, CancellationToken cancellationToken)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(csv.Span);
        var content = new ReadOnlyMemoryContent(packed.GetBuffer().AsMemory(0, (int)packed.Length)) { Headers = { ContentEncoding = { "gzip" } } };
        var path = $"v1/rest/ingest/{Uri.EscapeDataString(options.Database)}/{table}?streamFormat=Csv&mappingName={mapping}";
        await PostAsync(new Uri(options.Cluster!, path), content, cancellationToken);
    }

    private async Task<byte[]> PostAsync(Uri uri, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = content };
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.Add("x-ms-client-request-id", $"snowplow;{Guid.NewGuid()}");
            request.Headers.Add("x-ms-app", "snowplow-orleans");
            if (credential is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await credential.GetTokenAsync(new TokenRequestContext(_scopes), cancellationToken)).Token);
            using var answer = await http.SendAsync(request, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            if (answer.IsSuccessStatusCode) return body;
            throw new KustoException(
                $"{(int)answer.StatusCode} {Error(body, out var isPermanent)}",
                isPermanent && answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout) && (int)answer.StatusCode < 500,
                (int)answer.StatusCode >= 500 || answer.StatusCode == HttpStatusCode.RequestTimeout);
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw NoAnswer(failure);
        }
    }

    private static KustoException NoAnswer(Exception failure) => new($"Data Explorer gave no answer: {failure.Message}", isPermanent: false, isUnknown: true, failure);

    private static List<IReadOnlyDictionary<string, JsonElement>> Rows(byte[] body)
    {
        try
        {
            return ReadRows(body);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException)
        {
            throw NoAnswer(failure);
        }
    }

    private static List<IReadOnlyDictionary<string, JsonElement>> ReadRows(byte[] body)
    {
        var tables = JsonElement.Parse(body).GetProperty("Tables");
        if (tables.GetArrayLength() == 0) return [];
        var names = tables[0].GetProperty("Columns").EnumerateArray().Select(column => column.GetProperty("ColumnName").GetString()!).ToArray();
        return [.. tables[0].GetProperty("Rows").EnumerateArray().Select(row =>
            row.ValueKind == JsonValueKind.Array
                ? names.Zip(row.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second)
                // A failure half-way stands in the place of a row: {"Exceptions":[…]}.
                : throw new KustoException(row.ToString(), isPermanent: false, isUnknown: true))];
    }

    private static string Error(byte[] body, out bool isPermanent)
    {
        isPermanent = true;
        try
        {
            var error = JsonElement.Parse(body).GetProperty("error");
            if (error.TryGetProperty("@permanent", out var permanent)) isPermanent = permanent.ValueKind != JsonValueKind.False;
            return (error.TryGetProperty("@message", out var whole) ? whole : error.GetProperty("message")).GetString() ?? "";
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)));
        }
    }
}
