using System.Text.Json;
using Snowplow.Events.Iglu;

namespace Snowplow.Events.BadRows;

/// <summary>
/// No registry gave the schema: <c>{schemaKey, error: ResolutionError {lookupHistory}}</c>. Nothing is known to be wrong with
/// the data, so the event is worth replaying once the registries answer.
/// </summary>
/// <param name="schemaKey">The schema looked for.</param>
/// <param name="lookups">What each registry answered; at least one.</param>
public sealed class ResolutionMessage(SchemaKey schemaKey, IReadOnlyList<RegistryLookup> lookups) : FailureMessage
{
    private const int MaxRegistryMessageLength = 256;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("schemaKey", schemaKey.Utf8Uri);
        writer.WriteStartObject("error");
        writer.WriteString("error", "ResolutionError");
        WriteHistory(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override string FailureType => "ResolutionError";

    /// <inheritdoc/>
    internal override string SchemaUri => schemaKey.ToUri();

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer)
    {
        BeginError(writer, $"No registry gave the schema {schemaKey}", source: null);
        WriteHistory(writer);
        writer.WriteEndObject();
    }

    private void WriteHistory(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("lookupHistory");
        foreach (var lookup in lookups) WriteLookup(writer, lookup);
        writer.WriteEndArray();
    }

    private static void WriteLookup(Utf8JsonWriter writer, RegistryLookup lookup)
    {
        writer.WriteStartObject();
        writer.WriteString("repository", lookup.Repository);
        writer.WriteStartArray("errors");
        foreach (var error in lookup.Errors)
        {
            writer.WriteStartObject();
            writer.WriteString("error", error.Error);
            if (error.Message is not null) WriteCut(writer, "message", error.Message, MaxRegistryMessageLength);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("attempts", lookup.Attempts);
        writer.WriteString("lastAttempt", BadRowTime.Format(lookup.LastAttempt));
        writer.WriteEndObject();
    }
}
