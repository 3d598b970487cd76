using System.Text.Json;

namespace Snowplow.Events.BadRows;

/// <summary>Lists of names and values in bad rows: <c>[{name, value}]</c>.</summary>
internal static class NameValueJson
{
    public static void WriteArray(Utf8JsonWriter writer, string member, IReadOnlyList<KeyValuePair<string, string?>> pairs)
    {
        writer.WriteStartArray(member);
        foreach (var (name, value) in pairs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
