using System.Text.Json;

namespace Snowplow.Model.Rules.Fields;

/// <summary>Values of JSON as rules see them.</summary>
internal static class JsonValue
{
    /// <summary>The value that a reader stands at, within the text that it reads.</summary>
    public static FieldValue Of(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                return new FieldValue(ValueKind.Text, json.ValueIsEscaped ? TextBuffers.Unescape(json.ValueSpan) : json.ValueSpan);
            case JsonTokenType.Number:
                return new FieldValue(ValueKind.Number, json.ValueSpan);
            case JsonTokenType.True:
                return new FieldValue(ValueKind.True, json.ValueSpan);
            case JsonTokenType.False:
                return new FieldValue(ValueKind.False, json.ValueSpan);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var start = (int)json.TokenStartIndex;
                json.Skip();
                return new FieldValue(ValueKind.Json, text[start..(int)json.BytesConsumed]);
            default:
                return default;
        }
    }
}
