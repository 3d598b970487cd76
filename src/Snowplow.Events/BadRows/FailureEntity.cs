using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>
/// The data of the entity <c>failure/jsonschema/1-0-0</c>, with which a failed event tells what is wrong with it: <c>{failureType,
/// errors[{message, source, …}], schema, data, timestamp, componentName, componentVersion}</c>.
/// </summary>
/// <param name="timestamp">When it failed.</param>
/// <param name="processor">The program that found it.</param>
public sealed class FailureEntity(DateTimeOffset timestamp, Processor processor)
{
    /// <summary>The schema's Iglu URI.</summary>
    public static ReadOnlySpan<byte> SchemaUri => "iglu:com.snowplowanalytics.snowplow/failure/jsonschema/1-0-0"u8;

    /// <summary>Writes the data about a violation.</summary>
    public void Write(Utf8JsonWriter writer, FailureMessage message) => Write(writer, message, message.FailureType, message.SchemaUri);

    /// <summary>Writes the data about an enrichment that failed.</summary>
    public void Write(Utf8JsonWriter writer, EnrichmentFailure failure)
    {
        if (failure.Enrichment is { } enrichment)
            Write(writer, failure.Message, $"EnrichmentError: {enrichment.Identifier}", enrichment.SchemaUri);
        else
            Write(writer, failure.Message, "EnrichmentError", null);
    }

    private void Write(Utf8JsonWriter writer, FailureMessage message, string type, string? schema)
    {
        writer.WriteStartObject();
        writer.WriteString("failureType", type);
        writer.WriteStartArray("errors");
        message.WriteErrors(writer);
        writer.WriteEndArray();
        writer.WriteString("schema", schema);
        writer.WritePropertyName("data");
        // The schema takes objects only.
        if (message.Origin is { Data.Span: [(byte)'{', ..] data }) writer.WriteRawValue(data, skipInputValidation: true);
        else writer.WriteNullValue();
        writer.WriteString("timestamp", BadRowTime.Format(timestamp));
        writer.WriteString("componentName", processor.Artifact);
        writer.WriteString("componentVersion", processor.Version);
        writer.WriteEndObject();
    }
}
