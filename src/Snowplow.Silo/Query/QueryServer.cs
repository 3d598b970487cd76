using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Kql.Syntax;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Query;

/// <summary>Asks a running server over Kusto's protocol.</summary>
internal sealed class QueryServer(HttpClient http)
{
    /// <summary>Asks for the results of a query or of management commands.</summary>
    /// <exception cref="KqlException">The server has no answer to it.</exception>
    /// <exception cref="StartupException">The server wants its key, or answers nonsense.</exception>
    /// <exception cref="HttpRequestException">No server answers.</exception>
    public async Task<IReadOnlyList<ResultRows>> AskAsync(string text, CancellationToken stop)
    {
        var isCommand = CommandEngine.IsCommand(text);
        var path = new Uri(isCommand ? "/v1/rest/mgmt" : "/v2/rest/query", UriKind.Relative);
        using var response = await http.PostAsJsonAsync(path, new { db = Kusto.KustoQueries.DatabaseName, csl = text }, stop).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized) throw ServerAccess.WantsKey();
        var answer = await ReadAsync(response, stop).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) throw Failure(answer.GetProperty("error"), text);
        return isCommand ? Results(answer.GetProperty("Tables").EnumerateArray()) : Frames(answer, text);
    }

    /// <summary>Copies the rows of a query into a stream while they come.</summary>
    /// <exception cref="KqlException">The server has no answer to it.</exception>
    /// <exception cref="StartupException">The server wants its key, or breaks off, which its log tells why.</exception>
    /// <exception cref="HttpRequestException">No server answers.</exception>
    public async Task ExportAsync(string text, string format, Stream output, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{Kusto.KustoExport.Path}?format={format}", UriKind.Relative));
        request.Content = JsonContent.Create(new { db = Kusto.KustoQueries.DatabaseName, csl = text });
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized) throw ServerAccess.WantsKey();
        if (!response.IsSuccessStatusCode) throw Failure((await ReadAsync(response, stop).ConfigureAwait(false)).GetProperty("error"), text);
        var rows = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            try
            {
                await rows.CopyToAsync(output, stop).ConfigureAwait(false);
            }
            catch (HttpIOException broken)
            {
                throw new StartupException($"The server broke off its answer ({broken.Message}): its log tells why. Nothing is written.");
            }
        }
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>(stop).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            throw new StartupException($"What answers at {http.BaseAddress} is no server of queries: it said {(int)response.StatusCode} to {response.RequestMessage?.RequestUri?.AbsolutePath}.");
        }
    }

    private static List<ResultRows> Frames(JsonElement frames, string text)
    {
        var end = frames.EnumerateArray().Last();
        if (end.GetProperty("HasErrors").GetBoolean()) throw Failure(end.GetProperty("OneApiErrors")[0].GetProperty("error"), text);
        var tables = frames.EnumerateArray().Where(frame => frame.TryGetProperty("TableKind", out _)).ToLookup(table => table.GetProperty("TableKind").GetString());
        var charts = tables["QueryProperties"].Single().GetProperty("Rows").EnumerateArray()
            .ToDictionary(row => row[0].GetInt32(), row => JsonElement.Parse(row[2].GetString()!).GetProperty("Visualization").GetString());
        return Results(tables["PrimaryResult"], charts);
    }

    private static List<ResultRows> Results(IEnumerable<JsonElement> tables, Dictionary<int, string?>? charts = null) =>
    [
        .. tables.Select(table =>
        {
            var columns = table.GetProperty("Columns").EnumerateArray().Select(column => new ColumnSymbol(column.GetProperty("ColumnName").GetString()!, TypeOf(column))).ToList();
            var rows = table.GetProperty("Rows").EnumerateArray().Select(row => columns.Select((column, i) => Value(row[i], column.Type)).ToArray());
            return new ResultRows(columns, rows, charts?[table.GetProperty("TableId").GetInt32()]);
        }),
    ];

    private static KqlType TypeOf(JsonElement column) => KqlTypes.TryParse(column.GetProperty("ColumnType").GetString()!, out var type) ? type : KqlType.Dynamic;

    private static object? Value(JsonElement value, KqlType type) => value.ValueKind == JsonValueKind.Null ? null : type switch
    {
        KqlType.Bool => value.GetBoolean(),
        KqlType.Int => value.GetInt32(),
        KqlType.Long => value.GetInt64(),
        KqlType.Real => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        KqlType.Decimal => decimal.Parse(value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture),
        KqlType.DateTime => value.GetDateTime().ToUniversalTime(),
        KqlType.TimeSpan => TimeSpan.ParseExact(value.GetString()!, "c", CultureInfo.InvariantCulture),
        KqlType.Guid => value.GetGuid(),
        KqlType.String => value.GetString(),
        _ => ResultJson.ReadDynamic(Encoding.UTF8.GetBytes(value.GetRawText())),
    };

    private static KqlException Failure(JsonElement error, string text)
    {
        var kind = error.GetProperty("code").GetString() switch
        {
            "BadRequest_SyntaxError" => KqlErrorKind.Syntax,
            "BadRequest_SemanticError" => KqlErrorKind.Semantic,
            "LimitsExceeded" => KqlErrorKind.Limit,
            _ => KqlErrorKind.Runtime,
        };
        return error.TryGetProperty("details", out var details)
            ? new KqlException(kind, [.. details.EnumerateArray().Select(detail => Diagnostic(detail, text))])
            : new KqlException(kind, error.GetProperty("innererror").GetProperty("message").GetString()!);
    }

    // The place comes as a line, a position in it, and what stands there.
    private static Diagnostic Diagnostic(JsonElement detail, string text)
    {
        var start = 0;
        for (var line = 1; line < Number("@line"); line++) start = text.IndexOf('\n', start) + 1;
        return new Diagnostic(
            detail.GetProperty("code").GetString()!, detail.GetProperty("message").GetString()!, new TextSpan(start + Number("@pos"), detail.GetProperty("@token").GetString()!.Length));

        int Number(string name) => int.Parse(detail.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
    }
}
