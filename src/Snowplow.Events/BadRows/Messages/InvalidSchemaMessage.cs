using System.Text.Json;
using Snowplow.Events.Iglu;

namespace Snowplow.Events.BadRows;

/// <summary>The schema itself is broken: <c>{schemaKey, error: ValidationError {schemaIssues}}</c>.</summary>
/// <param name="schemaKey">The schema.</param>
/// <param name="issues">What is wrong with it and where; at least one.</param>
public sealed class InvalidSchemaMessage(SchemaKey schemaKey, IReadOnlyList<(string Path, string Message)> issues) : FailureMessage
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("schemaKey", schemaKey.Utf8Uri);
        writer.WriteStartObject("error");
        writer.WriteString("error", "ValidationError");
        writer.WriteStartArray("schemaIssues");
        foreach (var (path, message) in issues)
        {
            writer.WriteStartObject();
            writer.WriteString("path", path);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override string FailureType => "ValidationError";

    /// <inheritdoc/>
    internal override string SchemaUri => schemaKey.ToUri();

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer)
    {
        foreach (var (path, message) in issues)
        {
            BeginError(writer, $"The schema is broken: {message}", source: null);
            writer.WriteString("path", path);
            writer.WriteEndObject();
        }
    }
}
