using System.Text.Json;
using Snowplow.Enrich.Payloads;
using Snowplow.Events;

namespace Snowplow.Enrich.Adapters;

/// <summary>Reads a <c>payload_data</c> body in one pass, whatever the order of its members.</summary>
internal static class PayloadDataReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = EnrichOptions.MaxJsonDepth };

    /// <summary>Adds every item of <c>data</c> to <paramref name="events"/>.</summary>
    /// <exception cref="JsonException">The body is not JSON or too deep; events may have been added.</exception>
    public static PayloadDataEnvelope Read(ReadOnlySpan<byte> body, RawEvents events)
    {
        var json = new Utf8JsonReader(body, Options);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            json.Read();
            return default;
        }

        var envelope = default(PayloadDataEnvelope);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isSchema = JsonText.Is(json, "schema"u8);
            var isData = JsonText.Is(json, "data"u8) && !envelope.HasData;
            json.Read();
            if (isSchema && json.TokenType == JsonTokenType.String) envelope = envelope with { Schema = PayloadDataSchema.Name(ref json) };
            else if (isData) envelope = ReadData(ref json, events, envelope);
            else json.Skip();
        }

        // Behind the object only white space may follow; reading on makes sure of it.
        json.Read();
        return envelope;
    }

    private static PayloadDataEnvelope ReadData(ref Utf8JsonReader json, RawEvents events, PayloadDataEnvelope envelope)
    {
        envelope = envelope with { HasData = true, IsArray = json.TokenType == JsonTokenType.StartArray };
        if (!envelope.IsArray)
        {
            json.Skip();
            return envelope;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (events.Count < RawEvents.MaxCount)
            {
                ReadItem(ref json, events);
                continue;
            }

            envelope = envelope with { HasTooMany = true };
            json.Skip();
        }

        return envelope;
    }

    private static void ReadItem(ref Utf8JsonReader json, RawEvents events)
    {
        var start = (int)json.TokenStartIndex;
        var first = events.ParameterCount;
        var isObject = json.TokenType == JsonTokenType.StartObject;
        if (!isObject) json.Skip();
        while (isObject && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            var nameIsEscaped = json.ValueIsEscaped;
            json.Read();
            var isText = json.TokenType == JsonTokenType.String;
            if (!isText) json.Skip();
            events.AddParameter(name, nameIsEscaped, isText ? json.ValueSpan : default, json.ValueIsEscaped, isText);
        }

        events.EndEvent(first, start..(int)json.BytesConsumed, isObject);
    }
}
