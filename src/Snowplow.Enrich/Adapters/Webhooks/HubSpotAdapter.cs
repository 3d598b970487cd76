using System.Text.Json.Nodes;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>HubSpot's webhooks: a JSON array of notifications about contacts, companies and deals.</summary>
internal sealed class HubSpotAdapter() : WebhookAdapter("com.hubspot", "v1", "com.hubspot-v1")
{
    private static readonly EventSchemas Schemas = new(
        "com.hubspot",
        ("contact.creation", "contact_creation", "1-0-0"),
        ("contact.deletion", "contact_deletion", "1-0-0"),
        ("contact.propertyChange", "contact_change", "1-0-0"),
        ("company.creation", "company_creation", "1-0-0"),
        ("company.deletion", "company_deletion", "1-0-0"),
        ("company.propertyChange", "company_change", "1-0-0"),
        ("deal.creation", "deal_creation", "1-0-0"),
        ("deal.deletion", "deal_deletion", "1-0-0"),
        ("deal.propertyChange", "deal_change", "1-0-0"));

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request) => JsonItems.OfBody(request, ReadNotification);

    private static WebhookEvent ReadNotification(JsonObject e)
    {
        var type = e.Text("subscriptionType");
        e.Remove("subscriptionType");
        WebhookTime.ReplaceMilliseconds(e, "occurredAt");
        return Schemas.Event(type, e);
    }
}
