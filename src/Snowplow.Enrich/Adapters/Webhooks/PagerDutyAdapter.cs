using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// PagerDuty's webhooks, version 1: a JSON object with <c>messages</c>, each about an incident. Strings that read <c>null</c>
/// become null.
/// </summary>
/// <remarks>Every type of the form <c>incident.*</c> is an incident; Snowplow has a list of the types of its day.</remarks>
internal sealed class PagerDutyAdapter() : WebhookAdapter("com.pagerduty", "v1", "com.pagerduty-v1")
{
    private const string TypePrefix = "incident.";
    private const string Incident = "iglu:com.pagerduty/incident/jsonschema/1-0-0";

    private static readonly Dictionary<string, string> Mapping = new() { [$"{TypePrefix}*"] = Incident };

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadJson(out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        return JsonTree.Member(json, "messages") is { ValueKind: JsonValueKind.Array } messages
            ? JsonItems.Read(messages, item => [.. """{"messages":["""u8, .. item, .. "]}"u8], ReadMessage)
            : [WebhookEvent.Refused(new FieldMessage("body", request.Body, "must be a JSON object with an array 'messages'"))];
    }

    private static WebhookEvent ReadMessage(JsonObject message)
    {
        var type = message.Text("type");
        if (type?.StartsWith(TypePrefix, StringComparison.Ordinal) != true)
            return WebhookEvent.Refused(new SchemaMappingMessage(type, Mapping, "the message's type must be an incident's"));
        message["type"] = type[TypePrefix.Length..];
        return WebhookEvent.Of(Incident, JsonTree.Rewrite(message, name => name, NullForItsName));
    }

    private static JsonValue? NullForItsName(string name, JsonValue value) =>
        value.TryGetValue(out string? text) && text == "null" ? null : value;
}
