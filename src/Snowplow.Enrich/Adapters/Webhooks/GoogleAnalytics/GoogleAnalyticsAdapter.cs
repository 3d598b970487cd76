using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;

/// <summary>
/// The measurement protocol (version 1) of Google Analytics: each line of the body is a hit, form-encoded. The hit's type gives
/// the event; what else the hit tells becomes entities and, where the tracker protocol has the same, its parameters.
/// </summary>
/// <remarks>
/// Where Snowplow's documentation is silent: empty parameters count as absent; parameters that the protocol does not know, and
/// indexes beyond its limits, are passed over; <c>ti</c>, <c>ta</c>, <c>tr</c>, <c>ts</c>, <c>tt</c> and <c>cu</c> are those of a
/// transaction in every hit but an item.
/// </remarks>
internal sealed class GoogleAnalyticsAdapter() : WebhookAdapter("com.google.analytics", "v1", $"{HitSchema.Vendor}-v1")
{
    private const string Item = "item";

    // Google takes 8 KiB. Each parameter may become an entity, of which an event must not have arbitrarily many.
    private const int MaxHitBytes = 64 << 10;

    private static readonly (string Parameter, string Name)[] Common =
    [
        ("uip", "ip"), ("dr", "refr"), ("de", "cs"), ("sd", "cd"), ("ul", "lang"), ("je", "f_java"), ("dl", "url"), ("dt", "page"), ("ua", "ua"),
    ];

    private static readonly (string Parameter, string Name)[] OfItem =
    [
        .. Common, ("ti", "ti_id"), ("in", "ti_nm"), ("ip", "ti_pr"), ("iq", "ti_qu"), ("ic", "ti_sk"), ("iv", "ti_ca"), ("cu", "ti_cu"),
    ];

    private static readonly (string Parameter, string Name)[] OfTransaction =
    [
        .. Common, ("ti", "tr_id"), ("ta", "tr_af"), ("tr", "tr_tt"), ("ts", "tr_sh"), ("tt", "tr_tx"), ("cu", "tr_cu"),
    ];

    private static readonly Dictionary<string, string> Mapping = HitTypes.All.ToDictionary(type => type.Key, type => type.Value.Uri);

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request) => request.Payload.Body is null
        ? [WebhookEvent.Refused(new FieldMessage("body", null, "must not be empty: each line of it holds a hit"))]
        : BodyLines.Of(request.Payload).Select(line => ReadLine(line) with { Body = line });

    private static WebhookEvent ReadLine(byte[] line) => line.Length <= MaxHitBytes
        ? ReadHit(FormText.Read(line))
        : WebhookEvent.Refused(new FieldMessage("body", $"a hit of {line.Length} bytes", $"at most {MaxHitBytes} bytes in one hit"));

    private static WebhookEvent ReadHit(OrderedDictionary<string, string> hit)
    {
        foreach (var empty in hit.Where(pair => pair.Value.Length == 0).ToList()) hit.Remove(empty.Key);
        if (hit.GetValueOrDefault("t") is not { } type || !HitTypes.All.TryGetValue(type, out var schema))
            return WebhookEvent.Refused(new SchemaMappingMessage(hit.GetValueOrDefault("t"), Mapping, "the parameter 't' must be a type of hit"));

        var data = new JsonObject();
        foreach (var field in schema.Fields.Where(field => hit.ContainsKey(field.Parameter)))
        {
            if (field.Read(hit[field.Parameter]) is not { } value) return Refused(field.Parameter, hit[field.Parameter], field);
            data[field.Name] = value;
        }

        var entities = new OrderedDictionary<string, JsonObject>();
        foreach (var (name, text) in hit)
        {
            var parameter = HitParameter.Parse(name);
            if (!HitEntities.ByParameter.TryGetValue(parameter.Pattern, out var target) || !parameter.Fits(target.Schema)) continue;
            if (target.Field.Read(text) is not { } value) return Refused(name, text, target.Field);
            Entity(entities, target.Schema, parameter.Indexes, hit.GetValueOrDefault("cu"))[target.Field.Name] = value;
        }

        var direct = (type == Item ? OfItem : OfTransaction).Where(row => hit.ContainsKey(row.Parameter));
        return WebhookEvent.Of(schema.Uri, data) with
        {
            Entities = [.. entities.Values.Select(entity => entity.Root)],
            Parameters = [.. direct.Select(row => (row.Name, hit[row.Parameter]))],
        };
    }

    // The data of the entity of a schema and its indexes.
    private static JsonObject Entity(OrderedDictionary<string, JsonObject> entities, HitSchema schema, IReadOnlyList<int> indexes, string? currency)
    {
        var key = $"{schema.Uri} {string.Join(' ', indexes)}";
        if (entities.TryGetValue(key, out var data)) return data;
        data = [];
        foreach (var (name, index) in schema.Indexes.Zip(indexes)) data[name] = index;
        if (schema.HasCurrency && currency is not null) data["currencyCode"] = currency;
        SelfDescribingText.Entity(schema.Uri, data);
        entities.Add(key, data);
        return data;
    }

    private static WebhookEvent Refused(string parameter, string value, HitField field) =>
        WebhookEvent.Refused(new FieldMessage(parameter, value, field.Expectation));
}
