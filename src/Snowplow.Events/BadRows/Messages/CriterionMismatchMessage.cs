using System.Text.Json;
using Snowplow.Events.Iglu;

namespace Snowplow.Events.BadRows;

/// <summary>A self-describing JSON is of another schema than its place asks for: <c>{schemaKey, schemaCriterion}</c>.</summary>
/// <param name="schemaKey">The schema it names.</param>
/// <param name="criterion">The schemas allowed.</param>
public sealed class CriterionMismatchMessage(SchemaKey schemaKey, SchemaCriterion criterion) : FailureMessage
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("schemaKey", schemaKey.Utf8Uri);
        writer.WriteString("schemaCriterion", criterion.ToUri());
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override string FailureType => "CriterionMismatch";

    /// <inheritdoc/>
    internal override string SchemaUri => schemaKey.ToUri();

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer)
    {
        BeginError(writer, $"Schema {schemaKey} is not what belongs here", source: null);
        writer.WriteString("criterion", criterion.ToUri());
        writer.WriteEndObject();
    }
}
