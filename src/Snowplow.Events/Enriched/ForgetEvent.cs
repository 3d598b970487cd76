using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Events.Enriched;

/// <summary>
/// The event by which a person is forgotten: it names grains, which empty their states and model no event collected at or before
/// its <c>collector_tstamp</c>. It is known by the column <c>event</c>, whose other values are a closed list of the tracker
/// protocol: no tracker can send it.
/// </summary>
/// <remarks>The self-describing event's data is <c>{"receipt":"…","keys":["d:…","s:…"]}</c>.</remarks>
public static class ForgetEvent
{
    /// <summary>The Iglu URI of its data.</summary>
    public const string SchemaUri = "iglu:com.snowplow.orleans/forget/jsonschema/1-0-0";

    /// <summary>Its vendor.</summary>
    public const string Vendor = "com.snowplow.orleans";

    /// <summary>What <c>event</c> and <c>event_name</c> hold.</summary>
    public static ReadOnlySpan<byte> Name => "forget"u8;

    /// <summary>Whether an event is one.</summary>
    public static bool Is(EnrichedEvent e) => e[EventField.Event].SequenceEqual(Name);

    /// <summary>The keys that it names: of users and of sessions.</summary>
    public static IReadOnlyList<string> ReadKeys(EnrichedEvent e)
    {
        var keys = new List<string>();
        if (!EntityReader.TryReadUnstructEvent(e[EventField.UnstructEvent], out var data)) return keys;
        var json = new Utf8JsonReader(data.Array("keys"u8));
        while (json.Read())
            if (json.TokenType == JsonTokenType.String) keys.Add(json.GetString()!);
        return keys;
    }

    /// <summary>The raw record of one.</summary>
    /// <param name="time">Its <c>collector_tstamp</c>.</param>
    /// <param name="collector">Name and version of this program.</param>
    /// <param name="receipt">The id of the erasure.</param>
    /// <param name="keys">The keys.</param>
    public static ReadOnlyMemory<byte> ToRecord(DateTimeOffset time, string collector, Guid receipt, IEnumerable<string> keys)
    {
        var record = new ArrayBufferWriter<byte>();
        var payload = new CollectorPayload
        {
            TimestampMs = time.ToUnixTimeMilliseconds(),
            Encoding = "UTF-8",
            Collector = collector,
            Body = Data(receipt, keys),
            Schema = CollectorPayload.SchemaUri,
            IsForget = true,
        };
        CollectorPayloadWriter.Write(payload, record);
        return record.WrittenMemory;
    }

    /// <summary>Whether a record that says it asks to forget a person is as <see cref="ToRecord"/> makes it.</summary>
    public static bool IsWhole(CollectorPayload payload)
    {
        if (!EventTime.IsInRange(payload.TimestampMs) || payload.Body is not { } body) return false;
        try
        {
            var json = new Utf8JsonReader(body.Span);
            using var data = JsonDocument.ParseValue(ref json);
            return json.BytesConsumed == body.Length && data.RootElement.ValueKind == JsonValueKind.Object
                && data.RootElement.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
                && keys.EnumerateArray().All(key => key.ValueKind == JsonValueKind.String);
        }
        catch (JsonException)
        {
            return false; // Documented above: text that is no JSON is not whole.
        }
    }

    /// <summary>Fills in all columns but those of the pipeline.</summary>
    /// <param name="e">An empty event.</param>
    /// <param name="data">The data, as a record's body has it.</param>
    public static void Fill(EnrichedEventBuilder e, ReadOnlySpan<byte> data)
    {
        e.SetClean(EventField.Event, Name);
        e.SetClean(EventField.EventName, Name);
        e.SetText(EventField.EventVendor, Vendor);
        e.SetText(EventField.EventFormat, "jsonschema");
        e.SetText(EventField.EventVersion, "1-0-0");
        e.SetText(EventField.UnstructEvent, Column(data));
    }

    /// <summary>The column <c>unstruct_event</c>.</summary>
    /// <param name="data">The data, in UTF-8.</param>
    public static byte[] Column(ReadOnlySpan<byte> data)
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"schema\":\"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0\",\"data\":{\"schema\":\""u8);
        json.Write(System.Text.Encoding.UTF8.GetBytes(SchemaUri));
        json.Write("\",\"data\":"u8);
        json.Write(data);
        json.Write("}}"u8);
        return json.WrittenSpan.ToArray();
    }

    /// <summary>The data, in UTF-8.</summary>
    /// <param name="receipt">The id of the erasure.</param>
    /// <param name="keys">The keys.</param>
    public static byte[] Data(Guid receipt, IEnumerable<string> keys)
    {
        var data = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(data, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("receipt", receipt);
            json.WriteStartArray("keys");
            foreach (var key in keys) json.WriteStringValue(key);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return data.WrittenSpan.ToArray();
    }
}
