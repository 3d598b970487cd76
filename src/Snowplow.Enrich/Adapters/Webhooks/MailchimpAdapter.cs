using System.Text.Json.Nodes;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Mailchimp's webhooks: a form whose names nest by brackets, <c>data[merges][EMAIL]</c>, with its <c>type</c>.
/// </summary>
/// <remarks>Empty values stay empty texts, since the schemas allow null for few of them.</remarks>
internal sealed class MailchimpAdapter() : WebhookAdapter("com.mailchimp", "v1", "com.mailchimp-v1")
{
    // Mailchimp's own names nest three deep. A name with more brackets is taken as it stands: nodes are written recursively.
    private const int MaxNesting = 10;

    private static readonly EventSchemas Schemas = new(
        "com.mailchimp",
        ("subscribe", "subscribe", "1-0-0"),
        ("unsubscribe", "unsubscribe", "1-0-0"),
        ("campaign", "campaign_sending_status", "1-0-0"),
        ("cleaned", "cleaned_email", "1-0-0"),
        ("upemail", "email_address_change", "1-0-0"),
        ("profile", "profile_update", "1-0-0"));

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadForm(out var form, out var failure)) return [WebhookEvent.Refused(failure)];
        var e = new JsonObject();
        foreach (var (name, value) in form) Set(e, Segments(name), name == "fired_at" ? WebhookTime.FromDateAndTime(value) : value);
        return [Schemas.Event(e.Text("type"), e)];
    }

    // "data[merges][EMAIL]" to data, merges, EMAIL.
    private static string[] Segments(string name)
    {
        var bracket = name.IndexOf('[');
        if (bracket <= 0 || name[^1] != ']') return [name];
        string[] segments = [name[..bracket], .. name[(bracket + 1)..^1].Split("][")];
        return segments.Length > MaxNesting ? [name] : segments;
    }

    private static void Set(JsonObject members, string[] path, string value)
    {
        foreach (var name in path[..^1])
        {
            if (members[name] is not JsonObject inner) members[name] = inner = [];
            members = inner;
        }

        members[path[^1]] = value;
    }
}
