using System.Globalization;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Urban Airship Connect: one JSON object, an event of a device. It says itself when it occurred (the event's true time), its
/// id (the event's), and when Urban Airship processed it (the collector's time).
/// </summary>
/// <remarks>
/// Differences from Snowplow's enrich, in favour of keeping events: <c>RICH_READ</c> has its schema, which there is misspelt;
/// the content type may be <c>application/json</c>, there none may be given; a time or id that is none leaves the request's.
/// </remarks>
internal sealed class UrbanAirshipAdapter() : WebhookAdapter("com.urbanairship.connect", "v1", "com.urbanairship.connect-v1")
{
    private static readonly EventSchemas Schemas = new(
        "com.urbanairship.connect",
        "1-0-0",
        "CLOSE", "CUSTOM", "FIRST_OPEN", "IN_APP_MESSAGE_DISPLAY", "IN_APP_MESSAGE_EXPIRATION", "IN_APP_MESSAGE_RESOLUTION", "LOCATION", "OPEN",
        "PUSH_BODY", "REGION", "RICH_DELETE", "RICH_DELIVERY", "RICH_READ", "SEND", "TAG_CHANGE", "UNINSTALL");

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadJson(out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        if (JsonTree.Of(json) is not JsonObject e) return [WebhookEvent.Refused(new FieldMessage("body", request.Body, "must be a JSON object"))];
        List<(string, string)> parameters = [];
        if (Milliseconds(e, "occurred") is { } occurred) parameters.Add(("ttm", occurred.ToString(CultureInfo.InvariantCulture)));
        if (e.Text("id") is { } id && Guid.TryParseExact(id, "D", out _)) parameters.Add(("eid", id));
        return
        [
            Schemas.Event(e.Text("type"), e) with
            {
                Parameters = parameters,
                Request = Milliseconds(e, "processed") is { } processed ? request.Payload with { TimestampMs = processed } : null,
            },
        ];
    }

    private static long? Milliseconds(JsonObject e, string name) =>
        DateTimeOffset.TryParse(e.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.ToUnixTimeMilliseconds() is var ms && EventTime.IsInRange(ms) ? ms : null;
}
