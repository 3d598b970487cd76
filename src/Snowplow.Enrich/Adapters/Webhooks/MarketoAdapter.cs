using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>Marketo's webhooks: one JSON object about a lead, whose times are <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
internal sealed class MarketoAdapter() : WebhookAdapter("com.marketo", "v1", "com.marketo-v1")
{
    private static readonly FrozenSet<string> Times =
    [
        "acquisition_date", "created_at", "email_suspended_at", "last_interesting_moment_date", "last_referred_enrollment", "last_referred_visit",
        "updated_at", "datetime",
    ];

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadJson(out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        return JsonTree.Rewrite(JsonTree.Of(json), name => name, WithIsoTime) is JsonObject e
            ? [WebhookEvent.Of("iglu:com.marketo/event/jsonschema/2-0-0", e)]
            : [WebhookEvent.Refused(new FieldMessage("body", request.Body, "must be a JSON object"))];
    }

    private static JsonValue WithIsoTime(string name, JsonValue value) =>
        Times.Contains(name) && value.TryGetValue(out string? text) ? JsonValue.Create(WebhookTime.FromDateAndTime(text)) : value;
}
