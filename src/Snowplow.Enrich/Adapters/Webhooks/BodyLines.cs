using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>Reads webhooks that send an event a line.</summary>
internal static class BodyLines
{
    /// <summary>The body's lines without their ends; empty ones are left out.</summary>
    public static IEnumerable<byte[]> Of(CollectorPayload payload)
    {
        var rest = payload.Body ?? default;
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = (end < 0 ? rest : rest[..end]).Span.TrimEnd((byte)'\r').ToArray();
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Length > 0) yield return line;
        }
    }
}
