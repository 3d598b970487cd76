using System.Text.Json;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.JsonPaths;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.Inputs;

/// <summary>Where a service's or database's input comes from: a field (<c>pojo</c>), or a place in the event's JSON (<c>json</c>).</summary>
/// <param name="Key">What the input is called.</param>
/// <param name="Field">The field; null where <paramref name="Json"/> tells.</param>
/// <param name="Json">The place; null where <paramref name="Field"/> tells.</param>
internal sealed record EventInput(string Key, EventField? Field, JsonPlace? Json)
{
    /// <summary>Reads an input; null where it was refused.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="path">Where in its parameters the input stands.</param>
    /// <param name="key">What it is called.</param>
    /// <param name="input">The input.</param>
    public static EventInput? Read(EnrichmentConfig config, string path, string key, JsonElement input)
    {
        if (input.TryGetProperty("json", out var json))
            return JsonPlace.Read(config, $"{path}.json", json) is { } place ? new EventInput(key, null, place) : null;
        if (input.TryGetProperty("pojo", out var pojo) && pojo.TryGetProperty("field", out var name) && EventFields.TryParse(name.GetString()!, out var field))
            return new EventInput(key, field, null);
        config.Refuse($"{path}.pojo.field", "must be a column of the enriched event, such as user_id");
        return null;
    }

    /// <summary>The input's value in an event; null where it has none.</summary>
    /// <remarks>
    /// Of several entities the first counts. A path that leads to several values gives a list of them. JSON's null is no value.
    /// </remarks>
    public InputValue? ValueIn(EventInProgress e, EventJson columns)
    {
        if (Field is { } field) return e.Fields.GetText(field) is { } text ? new InputValue(text) : null;
        var found = new List<JsonElement>();
        foreach (var data in columns.DataOf(Json!.Field, Json.Criterion).Take(1)) Json.Path.Select(data, found);
        return found switch
        {
            [] or [{ ValueKind: JsonValueKind.Null }] => null,
            [var one] => new InputValue(JsonValueText.Of(one), one.ValueKind is JsonValueKind.True or JsonValueKind.False),
            _ => new InputValue($"[{string.Join(',', found.Select(value => value.GetRawText()))}]"),
        };
    }
}
