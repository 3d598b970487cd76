using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>Pingdom's webhooks: a GET whose parameter <c>message</c> is JSON.</summary>
internal sealed class PingdomAdapter() : WebhookAdapter("com.pingdom", "v1", "com.pingdom-v1")
{
    private static readonly EventSchemas Schemas = new(
        "com.pingdom",
        ("assign", "incident_assign", "1-0-0"),
        ("notify_user", "incident_notify_user", "1-0-0"),
        ("notify_of_close", "incident_notify_of_close", "1-0-0"));

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (request.Query.GetValueOrDefault("message") is not { } message)
            return [WebhookEvent.Refused(new FieldMessage("querystring", request.Payload.Querystring, "must have a parameter 'message'"))];
        if (!JsonTree.TryParse(Encoding.UTF8.GetBytes(message), "message", out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        if (JsonTree.Of(json) is not JsonObject e) return [WebhookEvent.Refused(new FieldMessage("message", message, "must be a JSON object"))];
        var type = e.Text("action");
        e.Remove("action");
        return [Schemas.Event(type, e)];
    }
}
