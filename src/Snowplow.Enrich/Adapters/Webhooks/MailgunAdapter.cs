using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Mailgun's webhooks: a JSON object of <c>event-data</c> and its <c>signature</c>. The data, its names in camel case and without
/// the message's text, gets the signature's token, signature and timestamp, which becomes a date-time.
/// </summary>
/// <remarks>
/// Mailgun's later name for a bounce, <c>failed</c> with the severity <c>permanent</c>, is read as one; Snowplow refuses it.
/// </remarks>
internal sealed class MailgunAdapter() : WebhookAdapter("com.mailgun", "v1", "com.mailgun-v1")
{
    private const string SignatureField = "signature";
    private const string DataField = "event-data";

    private static readonly EventSchemas Schemas = new(
        "com.mailgun",
        ("bounced", "message_bounced", "1-0-0"),
        ("clicked", "message_clicked", "1-0-0"),
        ("complained", "message_complained", "1-0-0"),
        ("delivered", "message_delivered", "1-0-0"),
        ("dropped", "message_dropped", "1-0-0"),
        ("opened", "message_opened", "1-0-0"),
        ("unsubscribed", "recipient_unsubscribed", "1-0-0"));

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadJson(out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        if (JsonTree.Of(json) is not JsonObject body) return [WebhookEvent.Refused(new FieldMessage("body", request.Body, "must be a JSON object"))];
        foreach (var field in (string[])[SignatureField, DataField])
        {
            if (body[field] is not JsonObject) return [WebhookEvent.Refused(new FieldMessage(field, body[field]?.ToJsonString(), "must be a JSON object"))];
        }

        var data = (JsonObject)JsonTree.Rewrite(body[DataField], CamelCase.Of, (_, value) => value)!;
        data.Remove("bodyPlain");
        foreach (var (name, value) in (JsonObject)body[SignatureField]!) data[name] = value?.DeepClone();
        WebhookTime.ReplaceSeconds(data, "timestamp");
        return [Schemas.Event(Type(data), data)];
    }

    private static string? Type(JsonObject data) =>
        data.Text("event") is "failed" && data.Text("severity") is "permanent" ? "bounced" : data.Text("event");
}
