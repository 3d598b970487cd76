using System.Text;
using System.Text.Json;
using Snowplow.Events.Collector;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Lint;

/// <summary>Takes what people have at hand for a payload: a POST's body, an event, a pixel's address, a collector payload.</summary>
/// <param name="Kind">What it was taken for.</param>
/// <param name="Payload">The collector payload that a collector would have made of it.</param>
internal sealed record LintInput(string Kind, CollectorPayload Payload)
{
    private const string TrackerPath = "/com.snowplowanalytics.snowplow/tp2";
    private const string PayloadData = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4";
    private const string UnstructEvent = "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0";

    /// <summary>Recognises a text.</summary>
    /// <exception cref="StartupException">It is none of what can be explained.</exception>
    public static LintInput Read(string text, DateTimeOffset now)
    {
        text = text.Trim();
        if (text.Length == 0) throw new StartupException("There is nothing to explain: the input is empty. Give a file, or a payload on standard input.");
        if (text[0] is not ('{' or '[')) return OfUrl(text, now);
        try
        {
            using var document = JsonDocument.Parse(text);
            return OfJson(document.RootElement, text, now);
        }
        catch (JsonException)
        {
            // Broken as it is, a collector would take it for a POST's body; the pipeline says what is wrong with it.
            return new LintInput("a POST body", Post(text, now));
        }
    }

    private static LintInput OfJson(JsonElement json, string text, DateTimeOffset now)
    {
        if (json.ValueKind == JsonValueKind.Array) return new LintInput("a list of events", Post(Wrap(text), now));
        if (json.TryGetProperty("timestamp", out _) && (json.TryGetProperty("path", out _) || json.TryGetProperty("querystring", out _)))
        {
            return CollectorPayloadJson.TryRead(Encoding.UTF8.GetBytes(text), out var payload, out var error)
                ? new LintInput("a collector payload", payload)
                : throw new StartupException($"The collector payload cannot be read: {error}.");
        }

        if (json.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String && json.TryGetProperty("data", out _))
        {
            if (schema.GetString()!.Contains("/payload_data/", StringComparison.Ordinal)) return new LintInput("a POST body", Post(text, now));
            if (!schema.GetString()!.Contains("/unstruct_event/", StringComparison.Ordinal)) text = $$"""{"schema":"{{UnstructEvent}}","data":{{text}}}""";
            var item = JsonSerializer.Serialize(new Dictionary<string, string> { ["e"] = "ue", ["p"] = "srv", ["tv"] = "lint-event", ["ue_pr"] = text });
            return new LintInput("a self-describing event, here in an event of its own (e=ue, p=srv)", Post(Wrap($"[{item}]"), now));
        }

        return new LintInput("an event", Post(Wrap($"[{text}]"), now));
    }

    private static LintInput OfUrl(string text, DateTimeOffset now)
    {
        // A question mark behind the first '=' belongs to a value.
        var question = text.Split('=')[0].IndexOf('?', StringComparison.Ordinal);
        if (question < 0 && !text.Contains('=', StringComparison.Ordinal))
            throw new StartupException("The input is neither JSON nor a query string. Give a POST body, an event, a pixel's address or a collector payload.");
        var query = question < 0 ? text : text[(question + 1)..];
        var path = question > 0 && Uri.TryCreate(text[..question], UriKind.Absolute, out var uri) && uri.AbsolutePath.Length > 1 ? uri.AbsolutePath : "/i";
        return new LintInput(question < 0 ? "a query string" : "the address of a GET", Request(now) with { Path = path, Querystring = query.Split('#')[0] });
    }

    private static string Wrap(string events) => $$"""{"schema":"{{PayloadData}}","data":{{events}}}""";

    private static CollectorPayload Post(string body, DateTimeOffset now) =>
        Request(now) with { Path = TrackerPath, Body = Encoding.UTF8.GetBytes(body), ContentType = "application/json" };

    private static CollectorPayload Request(DateTimeOffset now) => new()
    {
        Schema = CollectorPayload.SchemaUri,
        Encoding = "UTF-8",
        Collector = "lint-event",
        IpAddress = "127.0.0.1",
        TimestampMs = now.ToUnixTimeMilliseconds(),
    };
}
