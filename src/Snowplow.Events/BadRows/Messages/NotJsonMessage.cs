using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>A field should hold JSON (or base64 of JSON) and does not: <c>{field, value, error}</c>.</summary>
/// <param name="field">The field's name: <c>ue_px</c>.</param>
/// <param name="value">What it holds; null where it is absent.</param>
/// <param name="error">Where the text stops being JSON.</param>
public sealed class NotJsonMessage(string field, string? value, string error) : FailureMessage
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteField(writer, field);
        writer.WriteString("value", value);
        writer.WriteString("error", error);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override string FailureType => "NotJSON";

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer) => WriteError(writer, error, field);
}
