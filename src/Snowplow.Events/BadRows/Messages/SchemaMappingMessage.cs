using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>A webhook's event is of no type that has a schema: <c>{actual, expectedMapping, expectation}</c>.</summary>
/// <param name="actual">The type that it names; null where it names none.</param>
/// <param name="expectedMapping">The types that are known, each with the Iglu URI of its schema.</param>
/// <param name="expectation">What the type should be.</param>
public sealed class SchemaMappingMessage(string? actual, IReadOnlyDictionary<string, string> expectedMapping, string expectation) : FailureMessage
{
    private const int MaxActualLength = 256;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (actual is null) writer.WriteNull("actual");
        else WriteCut(writer, "actual", actual, MaxActualLength);
        writer.WriteStartObject("expectedMapping");
        foreach (var (type, schema) in expectedMapping) writer.WriteString(type, schema);
        writer.WriteEndObject();
        WriteExpectation(writer, expectation);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    internal override void WriteErrors(Utf8JsonWriter writer) => WriteError(writer, expectation, source: null);
}
