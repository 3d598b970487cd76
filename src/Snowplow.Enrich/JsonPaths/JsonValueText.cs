using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Snowplow.Events;

namespace Snowplow.Enrich.JsonPaths;

/// <summary>The text of JSON values that trackers sent.</summary>
internal static class JsonValueText
{
    /// <summary>
    /// A string's content (lone surrogates, on which <c>GetString</c> throws, become U+FFFD); any other value as it stands.
    /// </summary>
    public static string Of(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (value.ValueKind != JsonValueKind.String) return Encoding.UTF8.GetString(raw);
        var text = new byte[raw.Length];
        return Encoding.UTF8.GetString(text, 0, JsonText.Unescape(raw[1..^1], text));
    }
}
