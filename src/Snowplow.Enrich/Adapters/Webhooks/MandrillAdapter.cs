using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Mandrill's webhooks: a form whose <c>mandrill_events</c> is a JSON array of events. Every <c>ts</c>, in seconds since the
/// Unix epoch, becomes a date-time.
/// </summary>
internal sealed class MandrillAdapter() : WebhookAdapter("com.mandrill", "v1", "com.mandrill-v1")
{
    private const string Field = "mandrill_events";

    private static readonly EventSchemas Schemas = new(
        "com.mandrill",
        ("hard_bounce", "message_bounced", "1-0-2"),
        ("click", "message_clicked", "1-0-2"),
        ("deferral", "message_delayed", "1-0-2"),
        ("delivered", "message_delivered", "1-0-0"),
        ("spam", "message_marked_as_spam", "1-0-2"),
        ("open", "message_opened", "1-0-3"),
        ("reject", "message_rejected", "1-0-1"),
        ("send", "message_sent", "1-0-1"),
        ("soft_bounce", "message_soft_bounced", "1-0-2"),
        ("unsub", "recipient_unsubscribed", "1-0-2"));

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadForm(out var form, out var failure)) return [WebhookEvent.Refused(failure)];
        if (form.Count != 1 || !form.TryGetValue(Field, out var text))
            return [WebhookEvent.Refused(new FieldMessage("body", request.Body, $"must be a form with the one field '{Field}'"))];
        if (!JsonTree.TryParse(Encoding.UTF8.GetBytes(text), Field, out var json, out failure)) return [WebhookEvent.Refused(failure)];
        return json.ValueKind == JsonValueKind.Array
            ? JsonItems.Read(json, Alone, ReadEvent)
            : [WebhookEvent.Refused(new FieldMessage(Field, text, "must be a JSON array of events"))];
    }

    private static byte[] Alone(byte[] item) => Encoding.ASCII.GetBytes($"{Field}={Uri.EscapeDataString($"[{Encoding.UTF8.GetString(item)}]")}");

    private static WebhookEvent ReadEvent(JsonObject e)
    {
        var type = e.Text("event");
        e.Remove("event");
        return Schemas.Event(type, JsonTree.Rewrite(e, name => name, (name, value) => name == "ts" ? WebhookTime.FromSeconds(value) : value));
    }
}
