using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>What failed in which enrichment.</summary>
/// <param name="Enrichment">The Iglu URI of the enrichment's configuration and its name; null for steps without configuration.</param>
/// <param name="Message">A <see cref="FieldMessage"/>, an <see cref="ErrorMessage"/> or an Iglu error.</param>
public sealed record EnrichmentFailure((string SchemaUri, string Identifier)? Enrichment, FailureMessage Message)
{
    /// <summary>Writes the failure as a JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("enrichment");
        if (Enrichment is { } enrichment)
        {
            writer.WriteStartObject();
            writer.WriteString("schemaKey", enrichment.SchemaUri);
            writer.WriteString("identifier", enrichment.Identifier);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WritePropertyName("message");
        Message.Write(writer);
        writer.WriteEndObject();
    }
}
