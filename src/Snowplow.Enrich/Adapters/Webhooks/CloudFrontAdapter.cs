using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// A line of CloudFront's access log, tab-separated. How many fields it has tells the version of its schema. The event has the
/// logged visit's time, address and user agent instead of the sender's, and its referrer as the page.
/// </summary>
/// <remarks>
/// Differences from Snowplow's enrich, in favour of keeping events: the body may have several lines, and the log's heading lines
/// (<c>#Version</c>, <c>#Fields</c>) are passed over; the 33 fields of today's logs are read as far as the schema knows them,
/// the first 26.
/// </remarks>
internal sealed class CloudFrontAdapter()
    : WebhookAdapter("com.amazon.aws.cloudfront", "wd_access_log", "com.amazon.aws.cloudfront/wd_access_log")
{
    private const int MaxKnown = 26;

    // The fields behind date and time, by the documentation of CloudFront's standard logs.
    private static readonly string[] Names =
    [
        "xEdgeLocation", "scBytes", "cIp", "csMethod", "csHost", "csUriStem", "scStatus", "csReferer", "csUserAgent", "csUriQuery", "csCookie",
        "xEdgeResultType", "xEdgeRequestId", "xHostHeader", "csProtocol", "csBytes", "timeTaken", "xForwardedFor", "sslProtocol", "sslCipher",
        "xEdgeResponseResultType", "csProtocolVersion", "fleStatus", "fleEncryptedFields",
    ];

    private static readonly string[] Numbers = ["scBytes", "csBytes", "timeTaken"];
    private static readonly string[] Escaped = ["csReferer", "csUserAgent", "csUriQuery"];

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request) => request.Payload.Body is null
        ? [WebhookEvent.Refused(new FieldMessage("body", null, "must not be empty: it holds the line of the log"))]
        : BodyLines.Of(request.Payload).Where(line => line[0] != '#')
            .Select(line => ReadLine(Encoding.UTF8.GetString(line), request.Payload) with { Body = line });

    private static WebhookEvent ReadLine(string line, CollectorPayload payload)
    {
        var fields = line.Split('\t');
        if (SchemaAddition(fields.Length) is not { } addition)
            return Refused("body", line, "must be a line of CloudFront's access log: 12, 15, 18, 19, 23, 24, 26 or 33 fields between tabs");
        if (!DateTimeOffset.TryParseExact(
            $"{fields[0]} {fields[1]}", "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            || !EventTime.IsInRange(time.ToUnixTimeMilliseconds()))
            return Refused("dateTime", $"{fields[0]} {fields[1]}", "must be yyyy-MM-dd and HH:mm:ss between a tab");

        var data = new JsonObject { ["dateTime"] = $"{fields[0]}T{fields[1]}Z" };
        foreach (var (name, field) in Names.Zip(fields.Skip(2).Take(MaxKnown - 2)))
        {
            if (!TryRead(name, field, out var value)) return Refused(name, field, "must be a number or '-'");
            data[name] = value;
        }

        return WebhookEvent.Of($"iglu:com.amazon.aws.cloudfront/wd_access_log/jsonschema/1-0-{addition}", data) with
        {
            Request = Visit(data, time, payload),
            Parameters = data.Text("csReferer") is { } referrer ? [("url", referrer)] : [],
        };
    }

    private static int? SchemaAddition(int fieldCount) => fieldCount switch
    {
        12 => 0,
        15 => 1,
        18 => 2,
        19 => 3,
        23 => 4,
        24 => 5,
        MaxKnown or 33 => 6,
        _ => null,
    };

    private static bool TryRead(string name, string field, out JsonNode? value)
    {
        value = null;
        if (field is "" or "-") return true;
        // The log escapes escapes: what was %20 is %2520.
        if (!Numbers.Contains(name)) value = Escaped.Contains(name) ? field.Replace("%25", "%", StringComparison.Ordinal) : field;
        else if (JsonTree.TryParse(Encoding.UTF8.GetBytes(field), name, out var number, out _) && number.ValueKind == JsonValueKind.Number)
            value = JsonTree.Of(number);
        return value is not null;
    }

    // The visit's address must not be taken for the sender's again when a bad row of this event is replayed.
    private static CollectorPayload Visit(JsonObject data, DateTimeOffset time, CollectorPayload payload) => payload with
    {
        TimestampMs = time.ToUnixTimeMilliseconds(),
        IpAddress = data.Text("cIp"),
        UserAgent = data.Text("csUserAgent") is { } agent ? Uri.UnescapeDataString(agent) : null,
        Headers = payload.Headers?.Where(header => !header.StartsWith("X-Forwarded-For:", StringComparison.OrdinalIgnoreCase)
            && !header.StartsWith("Forwarded:", StringComparison.OrdinalIgnoreCase)).ToList(),
    };

    private static WebhookEvent Refused(string field, string value, string expectation) =>
        WebhookEvent.Refused(new FieldMessage(field, value, expectation));
}
