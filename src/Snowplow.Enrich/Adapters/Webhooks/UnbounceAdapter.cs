using System.Text;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Unbounce's webhooks: a form with a landing page and, as JSON in <c>data.json</c>, what a visitor filled in on it. The same
/// as XML in <c>data.xml</c> is left out.
/// </summary>
internal sealed class UnbounceAdapter() : WebhookAdapter("com.unbounce", "v1", "com.unbounce-v1")
{
    private const string Filled = "data.json";

    private static readonly string[] Required = ["page_id", "page_name", "variant", "page_url", Filled];

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        if (!request.TryReadForm(out var form, out var failure)) return [WebhookEvent.Refused(failure)];
        foreach (var name in Required)
        {
            if (string.IsNullOrEmpty(form.GetValueOrDefault(name)))
                return [WebhookEvent.Refused(new FieldMessage(name, form.GetValueOrDefault(name), "must not be empty"))];
        }

        if (!JsonTree.TryParse(Encoding.UTF8.GetBytes(form[Filled]), Filled, out var filled, out failure)) return [WebhookEvent.Refused(failure)];
        var data = KeyValueFormat.Text.ToJson(form.Where(pair => pair.Key != "data.xml")!, CamelCase.Of);
        data[Filled] = JsonTree.Of(filled);
        return [WebhookEvent.Of("iglu:com.unbounce/form_post/jsonschema/1-0-0", data)];
    }
}
