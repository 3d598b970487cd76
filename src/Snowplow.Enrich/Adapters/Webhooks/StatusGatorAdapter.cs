namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>StatusGator's webhooks: a form with the change of a service's status.</summary>
internal sealed class StatusGatorAdapter() : WebhookAdapter("com.statusgator", "v1", "com.statusgator-v1")
{
    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request) =>
        request.TryReadForm(out var form, out var failure)
            ? [WebhookEvent.Of("iglu:com.statusgator/status_change/jsonschema/1-0-0", KeyValueFormat.Text.ToJson(form!, CamelCase.Of))]
            : [WebhookEvent.Refused(failure)];
}
