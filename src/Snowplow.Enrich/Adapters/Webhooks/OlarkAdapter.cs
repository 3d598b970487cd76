using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Olark's webhooks: a form whose <c>data</c> is JSON, the transcript of a chat or, where no operator took part, a message left
/// offline.
/// </summary>
internal sealed class OlarkAdapter() : WebhookAdapter("com.olark", "v1", "com.olark-v1")
{
    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadForm(out var form, out var failure)) return [WebhookEvent.Refused(failure)];
        if (!form.TryGetValue("data", out var text)) return [WebhookEvent.Refused(new FieldMessage("body", request.Body, "must have a field 'data'"))];
        if (!JsonTree.TryParse(Encoding.UTF8.GetBytes(text), "data", out var json, out failure)) return [WebhookEvent.Refused(failure)];
        if (JsonTree.Rewrite(JsonTree.Of(json), CamelCase.Of, (_, value) => value) is not JsonObject chat)
            return [WebhookEvent.Refused(new FieldMessage("data", text, "must be a JSON object"))];

        foreach (var item in (chat["items"] as JsonArray ?? []).OfType<JsonObject>()) WebhookTime.ReplaceSeconds(item, "timestamp");
        var name = chat.ContainsKey("operators") ? "transcript" : "offline_message";
        return [WebhookEvent.Of($"iglu:com.olark/{name}/jsonschema/1-0-0", chat)];
    }
}
