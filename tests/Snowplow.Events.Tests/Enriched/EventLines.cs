using System.Buffers;
using System.Text;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.Tests.Enriched;

/// <summary>Builds enriched events for tests from the fields that matter to them.</summary>
internal static class EventLines
{
    public static EnrichedEvent Event(params (EventField Field, string Text)[] fields)
    {
        var builder = new EnrichedEventBuilder();
        foreach (var (field, text) in fields) builder.SetText(field, text);
        var line = new ArrayBufferWriter<byte>();
        builder.WriteLine(line);
        return EnrichedBatch.Parse(line.WrittenMemory)[0];
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
