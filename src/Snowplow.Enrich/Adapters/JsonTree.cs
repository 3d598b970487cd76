using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Events;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters;

/// <summary>
/// Reads JSON of unknown origin into nodes that can be changed, and never throws: of a repeated name the last value counts, and
/// lone surrogates become U+FFFD. Nothing is deeper than <see cref="EnrichOptions.MaxJsonDepth"/>, so recursion is safe.
/// </summary>
internal static class JsonTree
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = EnrichOptions.MaxJsonDepth };

    /// <summary>Reads a text.</summary>
    /// <param name="json">The text in UTF-8.</param>
    /// <param name="field">What holds it, for the message: <c>body</c>.</param>
    /// <param name="root">The JSON.</param>
    /// <param name="failure">Why it is none, where the result is false.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> json, string field, out JsonElement root, [NotNullWhen(false)] out FailureMessage? failure)
    {
        try
        {
            root = JsonElement.Parse(json, Options);
            failure = null;
            return true;
        }
        catch (JsonException e)
        {
            root = default;
            failure = new NotJsonMessage(field, Encoding.UTF8.GetString(json), e.Message);
            return false;
        }
    }

    /// <summary>The nodes of an element; null for JSON's null.</summary>
    public static JsonNode? Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var property in element.EnumerateObject())
                    members[Unescape(JsonMarshal.GetRawUtf8PropertyName(property))] = Of(property.Value);
                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Of)]);
            case JsonValueKind.String:
                return JsonValue.Create(Unescape(JsonMarshal.GetRawUtf8Value(element)[1..^1]));
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(element);
        }
    }

    /// <summary>The last member of a name; undefined where the element has none or is no object.</summary>
    public static JsonElement Member(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().LastOrDefault(property => Unescape(JsonMarshal.GetRawUtf8PropertyName(property)) == name).Value
        : default;

    /// <summary>A copy with other names and other values.</summary>
    /// <param name="node">The JSON.</param>
    /// <param name="rename">A member's name to its new one; where two become the same, the last one counts.</param>
    /// <param name="change">
    /// The name that a string, number or boolean stands under (an array's items stand under the array's name) and the value to
    /// the new value, or to the same.
    /// </param>
    public static JsonNode? Rewrite(JsonNode? node, Func<string, string> rename, Func<string, JsonValue, JsonNode?> change) =>
        Rewrite("", node, rename, change);

    /// <summary>A member's text; null where it is absent, empty or no string.</summary>
    public static string? Text(this JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static JsonNode? Rewrite(string name, JsonNode? node, Func<string, string> rename, Func<string, JsonValue, JsonNode?> change)
    {
        switch (node)
        {
            case JsonObject members:
                var rewritten = new JsonObject();
                foreach (var (key, value) in members) rewritten[rename(key)] = Rewrite(key, value, rename, change);
                return rewritten;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Rewrite(name, item, rename, change))]);
            case JsonValue value:
                var changed = change(name, value);
                return ReferenceEquals(changed, value) ? value.DeepClone() : changed;
            default:
                return null;
        }
    }

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new byte[escaped.Length];
        return Encoding.UTF8.GetString(text, 0, JsonText.Unescape(escaped, text));
    }
}
