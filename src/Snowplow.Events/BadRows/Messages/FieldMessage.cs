using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.BadRows;

/// <summary>A field of the input is not what it should be: <c>{field, value, expectation}</c>.</summary>
/// <param name="field">The field's name: <c>body</c>, <c>page_url</c>.</param>
/// <param name="value">What it holds; null where it is absent.</param>
/// <param name="expectation">What it should be, or what is wrong with it.</param>
public sealed class FieldMessage(string field, string? value, string expectation) : FailureMessage
{
    /// <summary>Where it failed: an enrichment that names a column of the event speaks of its text.</summary>
    public override FailureOrigin? Origin => base.Origin ?? OfColumn();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteField(writer, field);
        writer.WriteString("value", value);
        WriteExpectation(writer, expectation);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer) => WriteError(writer, expectation, field);

    private FailureOrigin? OfColumn() => EventFields.TryParse(field, out var column) && EventFields.Type(column) != FieldType.Json
        ? FailureOrigin.OfTexts("atomic_field", [new(field, value)])
        : null;
}
