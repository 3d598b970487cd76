using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>A field of the collector payload is not what it should be: <c>{payloadField, value, expectation}</c>.</summary>
/// <param name="field">The payload's field: <c>querystring</c>.</param>
/// <param name="value">What it holds; null where it is absent.</param>
/// <param name="expectation">What it should be.</param>
public sealed class PayloadFieldMessage(string field, string? value, string expectation) : FailureMessage
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("payloadField", field);
        writer.WriteString("value", value);
        WriteExpectation(writer, expectation);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer) => WriteError(writer, expectation, field);
}
