using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// Any webhook, whose schema the caller names: in the query string, for the parameters around it, for a form, for a JSON object
/// or an array of them; or in the body, as one self-describing JSON.
/// </summary>
internal sealed class IgluAdapter() : WebhookAdapter("com.snowplowanalytics.iglu", "v1", "com.snowplowanalytics.iglu-v1")
{
    private const string SchemaField = "schema";

    // Of the tracker's parameters these are no data; eid, ttm and url may be both.
    private static readonly string[] NoData = [SchemaField, "nuid", "aid", "cv", "p"];

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        var schema = request.Query.GetValueOrDefault(SchemaField);
        if (schema is not null && !SchemaKey.TryParse(schema, out _))
            return [Refused(SchemaField, schema, "must be an Iglu URI: iglu:vendor/name/jsonschema/1-0-0")];
        return (schema, request.Payload) switch
        {
            (null, { Body: null }) =>
                [Refused("querystring", request.Payload.Querystring, "must have a parameter 'schema', or the body be self-describing JSON")],
            ({ } named, { Body: null }) => [OnClient(named, ReadQuery(request))],
            (_, { ContentType: null }) => [Refused("contentType", null, $"must be {MediaType.Json} or {MediaType.Form}, since there is a body")],
            ({ } named, { ContentType: { } type }) when MediaType.Is(type, MediaType.Form) => ReadForm(named, request),
            ({ } named, _) => ReadJson(named, request),
            (null, { ContentType: { } type }) when MediaType.Is(type, MediaType.Form) =>
                [Refused("querystring", request.Payload.Querystring, "must have a parameter 'schema', since the body is a form")],
            _ => ReadSelfDescribing(request),
        };
    }

    private static JsonObject ReadQuery(WebhookRequest request) =>
        KeyValueFormat.Text.ToJson(request.Query.Where(pair => !NoData.Contains(pair.Key)), name => name);

    private static WebhookEvent[] ReadForm(string schema, WebhookRequest request) => request.TryReadForm(out var form, out var failure)
        ? [WebhookEvent.Of(schema, KeyValueFormat.Text.ToJson(form!, name => name))]
        : [WebhookEvent.Refused(failure)];

    private static IEnumerable<WebhookEvent> ReadJson(string schema, WebhookRequest request)
    {
        if (!request.TryReadJson(out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        return json.ValueKind switch
        {
            JsonValueKind.Object when json.GetPropertyCount() > 0 => [OnClient(schema, JsonTree.Of(json))],
            JsonValueKind.Array when json.GetArrayLength() > 0 =>
                JsonItems.Read(json, item => [.. "["u8, .. item, .. "]"u8], item => OnClient(schema, item)),
            _ => [Refused("body", request.Body, "must be a JSON object, or an array of them, that is not empty")],
        };
    }

    private static WebhookEvent[] ReadSelfDescribing(WebhookRequest request)
    {
        if (!request.TryReadJson(out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        var body = request.Payload.Body!.Value.ToArray();
        if (JsonTree.Of(json) is not JsonObject e || e.Text(SchemaField) is not { } schema || !e.Remove("data", out var data))
            return [WebhookEvent.Refused(new NotIgluMessage(body, NotIgluReason.InvalidDataPayload))];
        return SchemaKey.TryParse(schema, out _)
            ? [OnClient(schema, data)]
            : [WebhookEvent.Refused(new NotIgluMessage(body, NotIgluReason.InvalidIgluUri))];
    }

    // What an app sends by itself; forms come from servers.
    private static WebhookEvent OnClient(string schema, JsonNode? data) => WebhookEvent.Of(schema, data) with { Parameters = [("p", "app")] };

    private static WebhookEvent Refused(string field, string? value, string expectation) =>
        WebhookEvent.Refused(new FieldMessage(field, value, expectation));
}
