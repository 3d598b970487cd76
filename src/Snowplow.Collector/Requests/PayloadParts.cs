using System.Text.Json;
using Snowplow.Events;
using Snowplow.Events.Collector;

namespace Snowplow.Collector.Requests;

/// <summary>
/// Splits a payload that is too large for one record (spec §8): the events of its <c>data</c> array, in their order and byte
/// for byte, go into as many payloads as they need. What cannot be split stays one payload.
/// </summary>
internal static class PayloadParts
{
    /// <summary>The parts in order; the payload itself where it cannot be split.</summary>
    /// <param name="payload">A payload.</param>
    /// <param name="size">Its serialised size.</param>
    /// <param name="maxSize">What a part's serialised size shall not exceed; one of a single event may, and what cannot be split.</param>
    public static IEnumerable<CollectorPayload> Split(CollectorPayload payload, int size, int maxSize)
    {
        var body = payload.Body.GetValueOrDefault();
        var hasEvents = TryFindEvents(body.Span, out var events);
        var room = hasEvents ? maxSize - size + (events[^1].End - events[0].Start) : 0;
        // Without room, each event would repeat a request that is too large without any.
        if (room <= 0)
        {
            yield return payload;
            yield break;
        }

        var head = body[..events[0].Start];
        var tail = body[events[^1].End..];
        for (var first = 0; first < events.Count;)
        {
            var next = first + 1;
            while (next < events.Count && events[next].End - events[first].Start <= room) next++;
            yield return payload with { Body = Concatenate(head, body[events[first].Start..events[next - 1].End], tail) };
            first = next;
        }
    }

    private static byte[] Concatenate(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> events, ReadOnlyMemory<byte> tail) =>
        [.. head.Span, .. events.Span, .. tail.Span];

    // The places of the elements of "data" in a self-describing object; true if there are two or more.
    private static bool TryFindEvents(ReadOnlySpan<byte> json, out List<(int Start, int End)> events)
    {
        events = [];
        var hasSchema = false;
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isData = JsonText.Is(reader, "data"u8);
                hasSchema |= JsonText.Is(reader, "schema"u8);
                reader.Read();
                if (!isData) reader.Skip();
                else if (events.Count > 0 || reader.TokenType != JsonTokenType.StartArray) return false;
                else FindElements(ref reader, events);
            }

            // What follows the object is no JSON, which Read tells by throwing.
            return !reader.Read() && hasSchema && events.Count > 1;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void FindElements(ref Utf8JsonReader reader, List<(int Start, int End)> events)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            events.Add((start, (int)reader.BytesConsumed));
        }
    }
}
