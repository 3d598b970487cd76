using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Enrich.Entities;
using Snowplow.Enrich.Payloads;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Adapters;

/// <summary>
/// The collector's redirect: the query string's <c>u</c> is where it sent the client. Where the query string holds an event
/// (<c>e</c>), the redirect is an entity of it, the first one; where it holds none, the redirect is the event.
/// </summary>
/// <remarks>Entities that came as <c>cx</c> are written as <c>co</c>; Snowplow writes them as they came.</remarks>
internal sealed class RedirectAdapter : IAdapter
{
    private const string RedirectSchema = "iglu:com.snowplowanalytics.snowplow/uri_redirect/jsonschema/1-0-0";
    private const string ContextsPrefix = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-";

    private static readonly string[] Replaced = ["u", "tv", "co", "cx"];
    private static readonly string[] ReplacedWithEvent = [.. Replaced, "e", "ue_pr", "ue_px"];

    /// <inheritdoc/>
    public string Vendor => "r";

    /// <inheritdoc/>
    public string Version => "tp2";

    /// <inheritdoc/>
    public BadRowType FailureType => BadRowType.TrackerProtocolViolations;

    /// <inheritdoc/>
    public IReadOnlyList<FailureMessage>? Adapt(CollectorPayload payload, RawEvents events)
    {
        var query = new Dictionary<string, string>();
        foreach (var (name, value) in events.QueryPairs()) query[name] = value ?? "";
        var uri = query.GetValueOrDefault("u", "");
        if (uri.Length == 0) return [new FieldMessage("querystring", payload.Querystring, "must have a parameter 'u': the address of the redirect")];

        var redirect = new JsonObject { ["uri"] = uri };
        var isEntity = query.GetValueOrDefault("e", "").Length > 0;
        JsonArray? entities = null;
        if (isEntity && !TryReadEntities(query, out entities, out var failure)) return [failure!];

        var replaced = isEntity ? Replaced : ReplacedWithEvent;
        events.ShareOnly(parameter =>
            Encoding.UTF8.GetString(events.Name(parameter)) is var name && !replaced.Contains(name) && (name != "p" || parameter.ValueLength > 0));
        var first = events.ParameterCount;
        events.AddParameter("tv"u8, "r-tp2"u8);
        events.AddParameter("p"u8, "web"u8);
        if (isEntity)
        {
            events.AddParameter("co"u8, SelfDescribingText.Contexts([SelfDescribingText.Entity(RedirectSchema, redirect), .. entities!]).Span);
        }
        else
        {
            events.AddParameter("e"u8, "ue"u8);
            events.AddParameter("ue_pr"u8, SelfDescribingText.UnstructEvent(RedirectSchema, redirect).Span);
        }

        events.EndEvent(first, body: null, request: null);
        return null;
    }

    // The entities that the query string has already; of cx and co the former counts.
    private static bool TryReadEntities(Dictionary<string, string> query, out JsonArray entities, out FailureMessage? failure)
    {
        entities = [];
        failure = null;
        var name = query.GetValueOrDefault("cx", "").Length > 0 ? "cx" : "co";
        var text = query.GetValueOrDefault(name, "");
        if (text.Length == 0) return true;

        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes(text);
        byte[] buffer = [];
        if (name == "cx" && !Base64Text.TryDecode(json.Span, ref buffer, out json))
        {
            failure = new NotJsonMessage(name, text, "the text is not base64");
            return false;
        }

        if (!JsonTree.TryParse(json.Span, name, out var root, out failure)) return false;
        if (JsonTree.Of(root) is JsonObject contexts && contexts.Text("schema")?.StartsWith(ContextsPrefix, StringComparison.Ordinal) == true
            && contexts.Remove("data", out var data) && data is JsonArray list)
        {
            entities = list;
            return true;
        }

        failure = new FieldMessage(name, text, $"must be self-describing JSON of {ContextsPrefix}* with an array of entities");
        return false;
    }
}
