using System.Text.Json;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.BadRows;

/// <summary>The members that describe the request in every bad row which has one.</summary>
internal static class RequestJson
{
    public static void Write(Utf8JsonWriter writer, CollectorPayload request)
    {
        writer.WriteString("encoding", request.Encoding ?? "UTF-8");
        writer.WriteString("hostname", request.Hostname);
        writer.WriteString("timestamp", EventTime.IsInRange(request.TimestampMs)
            ? BadRowTime.Format(DateTimeOffset.FromUnixTimeMilliseconds(request.TimestampMs))
            : null);
        writer.WriteString("ipAddress", request.IpAddress);
        writer.WriteString("useragent", request.UserAgent);
        writer.WriteString("refererUri", request.RefererUri);
        writer.WriteStartArray("headers");
        foreach (var header in request.Headers ?? []) writer.WriteStringValue(header);
        writer.WriteEndArray();
    }

    public static void WriteUserId(Utf8JsonWriter writer, string member, CollectorPayload request) =>
        writer.WriteString(member, request.NetworkUserId);
}
