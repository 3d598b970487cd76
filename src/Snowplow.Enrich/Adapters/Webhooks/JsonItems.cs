using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>Reads webhooks that send several events as an array of JSON objects.</summary>
internal static class JsonItems
{
    /// <summary>Reads a request whose body is an array.</summary>
    public static IEnumerable<WebhookEvent> OfBody(WebhookRequest request, Func<JsonObject, WebhookEvent> read)
    {
        if (!request.TryReadJson(out var json, out var failure)) return [WebhookEvent.Refused(failure)];
        return json.ValueKind == JsonValueKind.Array
            ? Read(json, item => [.. "["u8, .. item, .. "]"u8], read)
            : [WebhookEvent.Refused(new FieldMessage("body", request.Body, "must be a JSON array of events"))];
    }

    /// <summary>Reads the items of an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="alone">An item's text to a body that holds it alone.</param>
    /// <param name="read">An item to its event.</param>
    public static IEnumerable<WebhookEvent> Read(JsonElement array, Func<byte[], byte[]> alone, Func<JsonObject, WebhookEvent> read)
    {
        foreach (var item in array.EnumerateArray())
        {
            var text = JsonMarshal.GetRawUtf8Value(item).ToArray();
            var e = JsonTree.Of(item) is JsonObject members
                ? read(members)
                : WebhookEvent.Refused(new FieldMessage("body", Encoding.UTF8.GetString(text), "each item must be a JSON object"));
            yield return e with { Body = alone(text) };
        }
    }
}
