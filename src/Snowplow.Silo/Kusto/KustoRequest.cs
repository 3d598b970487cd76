using System.IO.Compression;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Snowplow.Silo.Kusto;

/// <summary>What a client asks over Kusto's protocol.</summary>
/// <param name="Database">The name of the database; empty where the client says none.</param>
/// <param name="Text">The query or management command (<c>csl</c>).</param>
/// <param name="Options">Request properties by name.</param>
/// <param name="Parameters">Values of <c>declare query_parameters</c> by name: KQL literals, or the text itself for strings.</param>
/// <param name="Ids">What the answer is known by.</param>
internal sealed record KustoRequest(
    string Database, string Text, IReadOnlyDictionary<string, object?> Options, IReadOnlyDictionary<string, string> Parameters, KustoIds Ids)
{
    /// <summary>Most bytes of a body, unpacked.</summary>
    private const int MaxBodyBytes = 16 << 20;

    /// <summary>Reads a request: a JSON body, or of a GET the query string.</summary>
    /// <exception cref="KustoException">It is none.</exception>
    public static async Task<KustoRequest> ReadAsync(HttpRequest request, KustoIds ids, CancellationToken stop)
    {
        if (HttpMethods.IsGet(request.Method)) return Read(request.Query["db"].ToString(), request.Query["csl"].ToString(), Parse(request.Query["properties"].ToString()), ids);
        // A page on the web cannot send JSON to another site unless that site agrees, so nobody's browser asks here without its user.
        if (!request.HasJsonContentType()) throw KustoError.BadRequest("The body must be JSON: send Content-Type: application/json").Exception();
        using var document = await ReadBodyAsync(request, stop).ConfigureAwait(false);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw KustoError.BadRequest("The body must be an object: {\"db\":\"snowplow\",\"csl\":\"…\"}").Exception();
        return Read(StringOf(document.RootElement, "db"), StringOf(document.RootElement, "csl"), Properties(document.RootElement), ids);
    }

    private static KustoRequest Read(string database, string text, JsonElement properties, KustoIds ids)
    {
        if (string.IsNullOrWhiteSpace(text)) throw KustoError.BadRequest("Query (parameter name: 'csl') cannot be empty").Exception();
        var options = Member(properties, "Options", "options").ToDictionary(member => member.Name, member => Value(member.Value), StringComparer.OrdinalIgnoreCase);
        var parameters = Member(properties, "Parameters", "parameters").ToDictionary(member => member.Name, member => Literal(member.Value), StringComparer.Ordinal);
        return new KustoRequest(database, text, options, parameters, ids);
    }

    private static async Task<JsonDocument> ReadBodyAsync(HttpRequest request, CancellationToken stop)
    {
        Stream body = request.Headers[HeaderNames.ContentEncoding].ToString() switch
        {
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            _ => request.Body,
        };
        using var bytes = new MemoryStream();
        try
        {
            var buffer = new byte[16 << 10];
            while (await body.ReadAsync(buffer, stop).ConfigureAwait(false) is > 0 and var count)
            {
                if (bytes.Length + count > MaxBodyBytes) throw KustoError.TooLarge($"The request is over {MaxBodyBytes >> 20} MiB").Exception();
                bytes.Write(buffer, 0, count);
            }

            return JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        }
        catch (Exception damage) when (damage is JsonException or InvalidDataException)
        {
            throw KustoError.BadRequest($"The body is no JSON: {damage.Message}").Exception();
        }
    }

    private static string StringOf(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    // An object from most clients, a JSON text from older ones.
    private static JsonElement Properties(JsonElement body) => !body.TryGetProperty("properties", out var properties) ? default
        : properties.ValueKind == JsonValueKind.String ? Parse(properties.GetString()!)
        : properties;

    private static JsonElement Parse(string json)
    {
        if (string.IsNullOrWhiteSpace(json)) return default;
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException damage)
        {
            throw KustoError.BadRequest($"The properties are no JSON: {damage.Message}").Exception();
        }
    }

    private static List<JsonProperty> Member(JsonElement properties, params ReadOnlySpan<string> names)
    {
        if (properties.ValueKind != JsonValueKind.Object) return [];
        foreach (var name in names)
            if (properties.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object) return member.EnumerateObject().ToList();
        return [];
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };

    private static string Literal(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
