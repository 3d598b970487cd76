using System.Text.Json;
using Snowplow.Events.Iglu;

namespace Snowplow.Events.BadRows;

/// <summary>Data breaks its schema: <c>{schemaKey, error: ValidationError {dataReports}}</c>.</summary>
/// <param name="schemaKey">The schema that the data names.</param>
/// <param name="supersededBy">The version that it was checked against instead, <c>1-0-2</c>; null where it is the named one.</param>
/// <param name="reports">What is wrong; at least one.</param>
public sealed class ValidationMessage(SchemaKey schemaKey, string? supersededBy, IReadOnlyList<DataReport> reports) : FailureMessage
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("schemaKey", schemaKey.Utf8Uri);
        writer.WriteStartObject("error");
        writer.WriteString("error", "ValidationError");
        if (supersededBy is not null) writer.WriteString("supersededBy", supersededBy);
        writer.WriteStartArray("dataReports");
        foreach (var report in reports)
        {
            writer.WriteStartObject();
            writer.WriteString("message", report.Message);
            WriteDetails(writer, report);
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
        foreach (var report in reports)
        {
            BeginError(writer, report.Message, source: null);
            WriteDetails(writer, report);
            writer.WriteEndObject();
        }
    }

    private static void WriteDetails(Utf8JsonWriter writer, DataReport report)
    {
        writer.WriteString("path", report.Path);
        writer.WriteString("keyword", report.Keyword);
        writer.WriteStartArray("targets");
        foreach (var target in report.Targets) writer.WriteStringValue(target);
        writer.WriteEndArray();
    }
}
