using System.Text;
using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Events.BadRows;

/// <summary>
/// The payload of bad rows about a whole collector payload or one item of its body. It can be sent again as it stands.
/// </summary>
/// <param name="Vendor">The path's first segment.</param>
/// <param name="Version">The path's second segment.</param>
/// <param name="Querystring">The query string's pairs, decoded; a null value is an empty one.</param>
/// <param name="Body">The body, or one with the failed item alone, in UTF-8. Null where there is none.</param>
/// <param name="Request">The collector payload.</param>
public sealed record AdaptedPayload(
    string Vendor,
    string Version,
    IReadOnlyList<KeyValuePair<string, string?>> Querystring,
    ReadOnlyMemory<byte>? Body,
    CollectorPayload Request)
{
    /// <summary>Writes the payload as a JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("vendor", Vendor);
        writer.WriteString("version", Version);
        NameValueJson.WriteArray(writer, "querystring", Querystring);
        writer.WriteString("contentType", Request.ContentType);
        writer.WriteString("body", Body is { } body ? Encoding.UTF8.GetString(body.Span) : null);
        writer.WriteString("collector", Request.Collector ?? "unknown");
        RequestJson.Write(writer, Request);
        RequestJson.WriteUserId(writer, "networkUserId", Request);
        writer.WriteEndObject();
    }
}
