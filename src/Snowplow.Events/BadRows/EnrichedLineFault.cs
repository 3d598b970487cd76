using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.BadRows;

/// <summary>Why a line is no enriched event, in the shapes of <c>loader_parsing_error</c>.</summary>
public abstract record EnrichedLineFault
{
    // The schema's limits.
    private const int MaxFieldCount = 1024;
    private const int MaxKeyLength = 32;

    /// <summary>Writes the member <c>failure</c>.</summary>
    public abstract void Write(Utf8JsonWriter writer);

    /// <summary>The line has no tab at all.</summary>
    public sealed record NotTsv : EnrichedLineFault
    {
        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject("failure");
            writer.WriteString("type", "NotTSV");
            writer.WriteEndObject();
        }
    }

    /// <summary>The line has another number of fields than 131.</summary>
    /// <param name="FieldCount">How many it has; the schema has no room for more than 1,024.</param>
    public sealed record FieldNumberMismatch(int FieldCount) : EnrichedLineFault
    {
        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject("failure");
            writer.WriteString("type", "FieldNumberMismatch");
            writer.WriteNumber("fieldCount", Math.Min(FieldCount, MaxFieldCount));
            writer.WriteEndObject();
        }
    }

    /// <summary>Fields cannot be read.</summary>
    /// <param name="Errors">Each field's column name, its text and what is wrong with it; at least one.</param>
    public sealed record RowDecoding(IReadOnlyList<(EventField Field, string Value, string Message)> Errors) : EnrichedLineFault
    {
        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject("failure");
            writer.WriteString("type", "RowDecodingError");
            writer.WriteStartArray("errors");
            foreach (var (field, value, message) in Errors)
            {
                writer.WriteStartObject();
                writer.WriteString("type", "InvalidValue");
                var key = EventFields.Name(field);
                writer.WriteString("key", key.AsSpan(0, Math.Min(key.Length, MaxKeyLength)));
                writer.WriteString("value", value);
                writer.WriteString("message", message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
