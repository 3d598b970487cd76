using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Events.BadRows;

/// <summary>A bad row read back, with the collector payload that can be enriched again.</summary>
/// <param name="Type">The name of its schema: <c>schema_violations</c>.</param>
/// <param name="Time">When it failed; null where the row does not say.</param>
/// <param name="Thrift">The collector payload, serialised; null where the row holds none, as rows of loaders.</param>
/// <param name="Obstacle">Then why.</param>
public sealed record StoredBadRow(string Type, DateTimeOffset? Time, ReadOnlyMemory<byte>? Thrift, string? Obstacle)
{
    private const string VendorOfRows = "iglu:com.snowplowanalytics.snowplow.badrows/";
    private const string Tracker = "com.snowplowanalytics.snowplow";

    /// <summary>Reads a line, of this platform's or Snowplow's.</summary>
    /// <param name="line">A line of JSON.</param>
    /// <param name="row">The row, where it is one.</param>
    /// <param name="error">Otherwise why not.</param>
    public static bool TryRead(ReadOnlyMemory<byte> line, [NotNullWhen(true)] out StoredBadRow? row, [NotNullWhen(false)] out string? error)
    {
        (row, error) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "schema") is not { } schema
                || !schema.StartsWith(VendorOfRows, StringComparison.Ordinal) || !root.TryGetProperty("data", out var data))
            {
                error = $"this is no bad row: 'schema' must begin with {VendorOfRows}";
                return false;
            }

            var type = schema[VendorOfRows.Length..].Split('/')[0];
            var time = data.TryGetProperty("failure", out var failure) ? TimeOf(failure) : (long?)null;
            var thrift = Payload(type, data.GetProperty("payload"), out var obstacle);
            row = new StoredBadRow(type, time is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, thrift, obstacle);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            error = $"the bad row cannot be read: {e.Message}";
            return false;
        }
    }

    private static long? TimeOf(JsonElement holder) =>
        Text(holder, "timestamp") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;

    private static ReadOnlyMemory<byte>? Payload(string type, JsonElement payload, out string? obstacle)
    {
        obstacle = null;
        switch (payload.ValueKind)
        {
            case JsonValueKind.String:
                if (Serialised(payload.GetString()!) is { } bytes) return bytes;
                obstacle = $"the payload of this {type} is no whole collector payload";
                return null;
            case JsonValueKind.Object when payload.TryGetProperty("raw", out var raw):
                return Serialise(Event(raw, payload.TryGetProperty("enriched", out var enriched) ? Text(enriched, "event_id") : null));
            case JsonValueKind.Object when Text(payload, "vendor") is not null:
                return Serialise(Request(payload, Text(payload, "networkUserId")) with
                {
                    Path = $"/{Text(payload, "vendor")}/{Text(payload, "version")}",
                    Querystring = Query(payload, "querystring", extra: null),
                    Body = Text(payload, "body") is { } body ? Encoding.UTF8.GetBytes(body) : null,
                    ContentType = Text(payload, "contentType"),
                    Collector = Text(payload, "collector"),
                });
            default:
                obstacle = $"a {type} holds no collector payload";
                return null;
        }
    }

    // Base64 of Thrift, or of a line that was no collector payload as JSON.
    private static ReadOnlyMemory<byte>? Serialised(string base64)
    {
        var bytes = new byte[base64.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length == 0) return null;
        var record = bytes.AsMemory(0, length);
        if (record.Span[0] == '{') return CollectorPayloadJson.TryRead(record.Span, out var payload, out _) ? Serialise(payload) : null;
        return record;
    }

    // The tracker parameters of one event, as if they had come in a query string: there every parameter is allowed. The id that
    // the event was given when it failed stays with it.
    private static CollectorPayload Event(JsonElement raw, string? eventId)
    {
        var (vendor, version) = (Text(raw, "vendor"), Text(raw, "version"));
        return Request(raw, Text(raw, "userId")) with
        {
            Path = vendor == Tracker && version is "tp1" or "tp2" ? $"/{vendor}/{version}" : $"/{Tracker}/tp2",
            Querystring = Query(raw, "parameters", eventId),
            Collector = Text(raw, "loaderName"),
        };
    }

    private static CollectorPayload Request(JsonElement holder, string? networkUserId) => new()
    {
        Schema = CollectorPayload.SchemaUri,
        Encoding = Text(holder, "encoding") ?? "UTF-8",
        Hostname = Text(holder, "hostname"),
        TimestampMs = TimeOf(holder) ?? 0,
        IpAddress = Text(holder, "ipAddress"),
        UserAgent = Text(holder, "useragent"),
        RefererUri = Text(holder, "refererUri"),
        Headers = holder.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Array
            ? [.. headers.EnumerateArray().Select(header => header.GetString() ?? "")]
            : null,
        NetworkUserId = networkUserId,
    };

    private static string Query(JsonElement holder, string member, string? extra)
    {
        var query = new StringBuilder();
        var hasId = false;
        if (holder.TryGetProperty(member, out var pairs) && pairs.ValueKind == JsonValueKind.Array)
        {
            foreach (var pair in pairs.EnumerateArray())
            {
                var (name, value) = (Text(pair, "name") ?? "", Text(pair, "value"));
                hasId |= name == "eid" && value is not null;
                Add(name, value ?? "");
            }
        }

        if (extra is not null && !hasId) Add("eid", extra);
        return query.ToString();

        void Add(string name, string value) => query.Append(query.Length == 0 ? "" : "&")
            .Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static string? Text(JsonElement holder, string member) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static ReadOnlyMemory<byte> Serialise(CollectorPayload payload)
    {
        var thrift = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(payload, thrift);
        return thrift.WrittenMemory;
    }
}
