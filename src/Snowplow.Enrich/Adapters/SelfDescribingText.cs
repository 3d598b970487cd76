using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Snowplow.Enrich.Adapters;

/// <summary>Writes the self-describing JSON that adapters make: the parameters <c>ue_pr</c> and <c>co</c>, in UTF-8.</summary>
internal static class SelfDescribingText
{
    private const string UnstructEventSchema = "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0";
    private const string ContextsSchema = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A self-describing event.</summary>
    public static ReadOnlyMemory<byte> UnstructEvent(string schema, JsonNode? data) => Write(UnstructEventSchema, json => WriteEntity(json, schema, data));

    /// <summary>A list of entities, each itself self-describing JSON.</summary>
    public static ReadOnlyMemory<byte> Contexts(IEnumerable<JsonNode?> entities) => Write(ContextsSchema, json =>
    {
        json.WriteStartArray();
        foreach (var entity in entities)
        {
            if (entity is null) json.WriteNullValue();
            else entity.WriteTo(json);
        }

        json.WriteEndArray();
    });

    /// <summary>An entity for <see cref="Contexts"/>.</summary>
    public static JsonObject Entity(string schema, JsonNode data) => new() { ["schema"] = schema, ["data"] = data };

    private static ReadOnlyMemory<byte> Write(string schema, Action<Utf8JsonWriter> writeData)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("schema", schema);
            json.WritePropertyName("data");
            writeData(json);
            json.WriteEndObject();
        }

        return text.WrittenMemory;
    }

    private static void WriteEntity(Utf8JsonWriter json, string schema, JsonNode? data)
    {
        json.WriteStartObject();
        json.WriteString("schema", schema);
        json.WritePropertyName("data");
        if (data is null) json.WriteNullValue();
        else data.WriteTo(json);
        json.WriteEndObject();
    }
}
