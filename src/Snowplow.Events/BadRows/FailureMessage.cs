using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>One reason why an event failed, in one of the shapes that the schemas of bad rows allow. Immutable.</summary>
public abstract class FailureMessage
{
    // Limits of the bad rows' schemas, in characters.
    private const int MaxFieldLength = 64;
    private const int MaxExpectationLength = 256;
    private const int MaxErrorLength = 512;

    /// <summary>Where it failed; null where no failed event comes of it.</summary>
    public virtual FailureOrigin? Origin { get; init; }

    /// <summary>What a <see cref="FailureEntity"/> calls it.</summary>
    internal virtual string FailureType => "EnrichmentError";

    /// <summary>The schema that the data names; null where it names none.</summary>
    internal virtual string? SchemaUri => null;

    /// <summary>Writes the message as a JSON object.</summary>
    public abstract void Write(Utf8JsonWriter writer);

    /// <summary>Writes the items of <c>errors</c> of a <see cref="FailureEntity"/>: objects with <c>message</c> and <c>source</c> at least.</summary>
    internal abstract void WriteErrors(Utf8JsonWriter writer);

    /// <summary>Writes a text, cut to what the schema allows.</summary>
    internal static void WriteCut(Utf8JsonWriter writer, string member, string text, int maxLength)
    {
        var length = text.Length <= maxLength ? text.Length : char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        writer.WriteString(member, text.AsSpan(0, length));
    }

    /// <summary>Writes an error with nothing but its two required members.</summary>
    private protected void WriteError(Utf8JsonWriter writer, string message, string? source)
    {
        BeginError(writer, message, source);
        writer.WriteEndObject();
    }

    /// <summary>Begins an error, to which more members may be added.</summary>
    private protected void BeginError(Utf8JsonWriter writer, string message, string? source)
    {
        writer.WriteStartObject();
        writer.WriteString("message", message);
        writer.WriteString("source", Origin?.Source ?? source ?? "unknown");
    }

    private protected static void WriteField(Utf8JsonWriter writer, string field) => WriteCut(writer, "field", field, MaxFieldLength);

    private protected static void WriteExpectation(Utf8JsonWriter writer, string text) => WriteCut(writer, "expectation", text, MaxExpectationLength);

    private protected static void WriteError(Utf8JsonWriter writer, string text) => WriteCut(writer, "error", text, MaxErrorLength);
}
