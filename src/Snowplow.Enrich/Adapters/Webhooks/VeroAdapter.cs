using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Vero's webhooks: one JSON object with its <c>type</c>. The times <c>{type}_at</c> and <c>event.triggered_at</c>, in seconds
/// since the Unix epoch, become date-times; <c>_tags</c> becomes <c>tags</c>.
/// </summary>
internal sealed class VeroAdapter() : WebhookAdapter("com.getvero", "v1", "com.getvero-v1")
{
    private static readonly EventSchemas Schemas = new(
        "com.getvero",
        ("bounced", "bounced", "1-0-0"),
        ("clicked", "clicked", "1-0-0"),
        ("delivered", "delivered", "1-0-0"),
        ("opened", "opened", "1-0-0"),
        ("sent", "sent", "1-0-0"),
        ("unsubscribed", "unsubscribed", "1-0-0"),
        ("user_created", "created", "1-0-0"),
        ("user_updated", "updated", "1-0-0"));

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadJson(out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        if (JsonTree.Rewrite(JsonTree.Of(json), name => name == "_tags" ? "tags" : name, (_, value) => value) is not JsonObject e)
            return [WebhookEvent.Refused(new FieldMessage("body", request.Body, "must be a JSON object"))];
        var type = e.Text("type");
        WebhookTime.ReplaceSeconds(e, $"{type}_at");
        if (e["event"] is JsonObject trigger) WebhookTime.ReplaceSeconds(trigger, "triggered_at");
        return [Schemas.Event(type, e)];
    }
}
