using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Kql;

namespace Snowplow.Silo.Query;

/// <summary>Answers queries in JSON lines: <c>{"id","query"}</c> by <c>{"id","columns","rows"}</c> or <c>{"id","error"}</c>.</summary>
internal static class QueryBatch
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Answers until the input ends; the exit code is 1 where a line was no question.</summary>
    public static async Task<int> RunAsync(Ask ask, TextReader input, TextWriter output, CancellationToken stop)
    {
        var exitCode = 0;
        while (await input.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Question(line) is { } question)
            {
                await output.WriteLineAsync(await AnswerAsync(ask, question.Id, question.Query, stop).ConfigureAwait(false)).ConfigureAwait(false);
            }
            else
            {
                await output.WriteLineAsync("""{"id":null,"error":"expected a line {\"id\":…,\"query\":\"…\"}"}""").ConfigureAwait(false);
                exitCode = 1;
            }
        }

        await output.FlushAsync(stop).ConfigureAwait(false);
        return exitCode;
    }

    private static (JsonElement Id, string Query)? Question(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("id", out var id)
                && document.RootElement.TryGetProperty("query", out var query) && query.ValueKind == JsonValueKind.String
                ? (id.Clone(), query.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<string> AnswerAsync(Ask ask, JsonElement id, string query, CancellationToken stop)
    {
        using var stream = new MemoryStream();
        try
        {
            var results = await ask(query, stop).ConfigureAwait(false);
            using var writer = new Utf8JsonWriter(stream, Options);
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            id.WriteTo(writer);
            var result = results.Count == 0 ? null : results[0];
            writer.WritePropertyName("columns");
            ResultJson.WriteColumns(writer, result?.Columns ?? []);
            writer.WritePropertyName("rows");
            WriteRows(writer, result?.Rows ?? []);
            if (result?.Visualization is { } visualization) writer.WriteString("visualization", visualization);
            writer.WriteEndObject();
        }
        catch (KqlException exception)
        {
            stream.SetLength(0);
            using var writer = new Utf8JsonWriter(stream, Options);
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            id.WriteTo(writer);
            writer.WriteString("error", string.Join(' ', exception.Diagnostics.Select(diagnostic => $"{diagnostic.Code}: {diagnostic.Message}").DefaultIfEmpty(exception.Message)));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteRows(Utf8JsonWriter writer, IEnumerable<object?[]> rows)
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartArray();
            foreach (var value in row) ResultJson.WriteValue(writer, value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
