using System.Buffers;
using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>A JSON should be self-describing and is not: <c>{json, error}</c>.</summary>
/// <param name="json">The JSON in UTF-8, valid.</param>
/// <param name="reason">One of <see cref="NotIgluReason"/>.</param>
public sealed class NotIgluMessage(byte[] json, string reason) : FailureMessage
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("json");
        // A row is one line, and the JSON may have line breaks between its tokens.
        var compact = new ArrayBufferWriter<byte>(json.Length);
        JsonText.WriteCompact(json, compact);
        writer.WriteRawValue(compact.WrittenSpan, skipInputValidation: true);
        writer.WriteString("error", reason);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override string FailureType => "NotIglu";

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer) => WriteError(writer, reason, source: null);
}
