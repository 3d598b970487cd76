using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>An error that is not about one field: <c>{error}</c>.</summary>
/// <param name="error">What went wrong.</param>
public sealed class ErrorMessage(string error) : FailureMessage
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteError(writer, error);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer) => WriteError(writer, error, source: null);
}
