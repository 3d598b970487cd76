using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Snowplow.Events.Collector;

/// <summary>
/// Reads a <see cref="CollectorPayload"/> from a JSON object with the field names of the Thrift definition (<c>ipAddress</c>,
/// <c>timestamp</c>, <c>querystring</c>, …). <c>body</c> is a string; <c>bodyBase64</c> stands in for bytes that are no text.
/// </summary>
/// <remarks>
/// <c>timestamp</c> (milliseconds since 1970) must be there. Absent or null fields are not on the wire, but for <c>encoding</c>
/// (UTF-8), <c>collector</c> (<see cref="UnknownCollector"/>) and <c>schema</c>, which loaders and enrich ask for. A field of another
/// name is refused: it is a slip of the pen whose content would be lost.
/// </remarks>
public static class CollectorPayloadJson
{
    /// <summary>What <c>collector</c> is where the JSON names none.</summary>
    public const string UnknownCollector = "unknown";

    private const string Fields = "ipAddress, timestamp, encoding, collector, userAgent, refererUri, path, querystring, body, bodyBase64, "
        + "headers, contentType, hostname, networkUserId, schema";

    /// <summary>Reads one payload.</summary>
    /// <param name="json">UTF-8 text; arbitrary bytes are allowed.</param>
    /// <param name="payload">The payload, where the text was one.</param>
    /// <param name="error">Otherwise what is wrong and what to do.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out CollectorPayload? payload, [NotNullWhen(false)] out string? error)
    {
        payload = null;
        error = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return Fail("a collector payload must be a JSON object", out error);
            var read = new CollectorPayload { Encoding = "UTF-8", Collector = UnknownCollector, Schema = CollectorPayload.SchemaUri };
            var hasTimestamp = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Text(reader);
                reader.Read();
                if (reader.TokenType == JsonTokenType.Null) continue;
                hasTimestamp |= name == "timestamp";
                if (!TrySet(ref read, name, ref reader, out error)) return false;
            }

            if (reader.Read()) return Fail("there is text behind the JSON object", out error);
            if (!hasTimestamp) return Fail("timestamp is missing: it must be a number, milliseconds since 1970-01-01 UTC", out error);
            payload = read;
            return true;
        }
        catch (JsonException e)
        {
            return Fail($"this is no JSON: {e.Message}", out error);
        }
    }

    private static bool TrySet(ref CollectorPayload payload, string name, ref Utf8JsonReader reader, [NotNullWhen(false)] out string? error)
    {
        error = null;
        switch (name)
        {
            case "timestamp":
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var timestamp))
                    return Fail("timestamp must be a number, milliseconds since 1970-01-01 UTC", out error);
                payload = payload with { TimestampMs = timestamp };
                return true;
            case "headers":
                if (!TryStrings(ref reader, out var headers)) return Fail("headers must be an array of strings such as 'Host: example.com'", out error);
                payload = payload with { Headers = headers };
                return true;
        }

        if (reader.TokenType != JsonTokenType.String)
            return Fail(Fields.Split(", ").Contains(name) ? $"{name} must be a string" : Unknown(name), out error);
        var text = Text(reader);
        switch (name)
        {
            case "ipAddress": payload = payload with { IpAddress = text }; break;
            case "encoding": payload = payload with { Encoding = text }; break;
            case "collector": payload = payload with { Collector = text }; break;
            case "userAgent": payload = payload with { UserAgent = text }; break;
            case "refererUri": payload = payload with { RefererUri = text }; break;
            case "path": payload = payload with { Path = text }; break;
            case "querystring": payload = payload with { Querystring = text }; break;
            case "body": payload = payload with { Body = Encoding.UTF8.GetBytes(text) }; break;
            case "bodyBase64":
                if (!TryBase64(text, out var body)) return Fail("bodyBase64 must be base64", out error);
                payload = payload with { Body = body };
                break;
            case "contentType": payload = payload with { ContentType = text }; break;
            case "hostname": payload = payload with { Hostname = text }; break;
            case "networkUserId": payload = payload with { NetworkUserId = text }; break;
            case "schema": payload = payload with { Schema = text }; break;
            default: return Fail(Unknown(name), out error);
        }

        return true;
    }

    private static string Unknown(string name) => $"'{name}' is no field of a collector payload; fields are {Fields}";

    private static bool TryStrings(ref Utf8JsonReader reader, [NotNullWhen(true)] out List<string>? strings)
    {
        strings = null;
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        var read = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String) read.Add(Text(reader));
        if (reader.TokenType != JsonTokenType.EndArray) return false;
        strings = read;
        return true;
    }

    private static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return false;
        Array.Resize(ref bytes, length);
        return true;
    }

    // GetString throws on lone surrogates.
    private static string Text(in Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Encoding.UTF8.GetString(reader.ValueSpan);
        var unescaped = new byte[reader.ValueSpan.Length];
        return Encoding.UTF8.GetString(unescaped, 0, JsonText.Unescape(reader.ValueSpan, unescaped));
    }

    private static bool Fail(string what, out string error)
    {
        error = what;
        return false;
    }
}
