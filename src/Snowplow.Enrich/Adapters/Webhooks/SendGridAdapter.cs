using System.Text.Json.Nodes;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// SendGrid's event webhook: a JSON array of events. SendGrid repeats events; of those with the same <c>sg_event_id</c> in one
/// request the first counts.
/// </summary>
internal sealed class SendGridAdapter() : WebhookAdapter("com.sendgrid", "v3", "com.sendgrid-v3")
{
    private static readonly EventSchemas Schemas = new(
        "com.sendgrid",
        "3-0-0",
        "processed", "dropped", "delivered", "deferred", "bounce", "open", "click", "spamreport", "unsubscribe", "group_unsubscribe", "group_resubscribe");

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        var seen = new HashSet<string>();
        return JsonItems.OfBody(request, ReadEvent)
            .Where(e => (e.Data as JsonObject)?.Text("sg_event_id") is not { } id || seen.Add(id));
    }

    private static WebhookEvent ReadEvent(JsonObject e)
    {
        var type = e.Text("event");
        e.Remove("event");
        WebhookTime.ReplaceSeconds(e, "timestamp");
        return Schemas.Event(type, e);
    }
}
