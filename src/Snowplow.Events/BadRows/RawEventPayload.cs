using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Events.BadRows;

/// <summary>
/// The raw part of a bad row's payload: one event's parameters as the tracker sent them (decoded) and the request around them.
/// Enough to send the event again.
/// </summary>
/// <param name="Vendor">The path's first segment: <c>com.snowplowanalytics.snowplow</c>.</param>
/// <param name="Version">The path's second segment: <c>tp2</c>.</param>
/// <param name="Parameters">Names and values; a null value is an empty one.</param>
/// <param name="Request">The collector payload that held the event.</param>
public sealed record RawEventPayload(
    string Vendor, string Version, IReadOnlyList<KeyValuePair<string, string?>> Parameters, CollectorPayload Request)
{
    /// <summary>Writes the raw event as a JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("vendor", Vendor);
        writer.WriteString("version", Version);
        NameValueJson.WriteArray(writer, "parameters", Parameters);
        writer.WriteString("contentType", Request.ContentType);
        // Snowplow fills this with what made the payload, the collector.
        writer.WriteString("loaderName", Request.Collector ?? "unknown");
        RequestJson.Write(writer, Request);
        RequestJson.WriteUserId(writer, "userId", Request);
        writer.WriteEndObject();
    }
}
