using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Events.Iglu;

namespace Snowplow.Grains.Tests;

/// <summary>Tracker parameters of self-describing JSON, for events that reach every table.</summary>
internal static class TrackerEvents
{
    private const string Snowplow = "iglu:com.snowplowanalytics.snowplow";

    /// <summary>What the tables of events are made from.</summary>
    public static readonly string[] SelfDescribing =
    [
        $$$"""{"schema":"{{{Snowplow}}}/application_error/jsonschema/1-0-2","data":{"programmingLanguage":"JAVASCRIPT","message":"oh","isFatal":true}}""",
        $$$"""{"schema":"{{{Snowplow}}}/consent_preferences/jsonschema/1-0-0","data":{"eventType":"allow_all","basisForProcessing":"consent","consentUrl":"https://shop.example/privacy","consentVersion":"1","consentScopes":["analytics"],"domainsApplied":["https://shop.example"],"gdprApplies":true}}""",
        $$$"""{"schema":"{{{Snowplow}}}/cmp_visible/jsonschema/1-0-0","data":{"elapsedTime":0.25}}""",
        $$$"""{"schema":"{{{Snowplow}}}/web_vitals/jsonschema/1-0-0","data":{"lcp":2100.5,"cls":0.05,"navigationType":"navigate"}}""",
    ];

    /// <summary>The schemas of all that is here.</summary>
    public static IEnumerable<SchemaKey> Schemas =>
        new[] { "unstruct_event/jsonschema/1-0-0", "contexts/jsonschema/1-0-1", "web_page/jsonschema/1-0-0" }.Select(name => $"{Snowplow}/{name}")
            .Concat(SelfDescribing.Select(json => JsonNode.Parse(json)!["schema"]!.GetValue<string>()))
            .Select(uri => SchemaKey.Parse(uri));

    /// <summary>The parameter <c>ue_px</c>: an event in base64.</summary>
    public static string Unstruct(string selfDescribing) =>
        Encode($$$"""{"schema":"{{{Snowplow}}}/unstruct_event/jsonschema/1-0-0","data":{{{selfDescribing}}}}""");

    /// <summary>The parameter <c>cx</c>: the entity web_page in base64.</summary>
    public static string WebPage(string viewId) =>
        Encode($$$"""{"schema":"{{{Snowplow}}}/contexts/jsonschema/1-0-1","data":[{"schema":"{{{Snowplow}}}/web_page/jsonschema/1-0-0","data":{"id":"{{{viewId}}}"}}]}""");

    private static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
