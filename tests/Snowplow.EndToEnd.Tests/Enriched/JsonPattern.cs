using System.Text.Json;
using System.Text.Json.Nodes;

namespace Snowplow.EndToEnd.Tests.Enriched;

/// <summary>
/// Compares JSON with an expected document in which the strings <c>{uuid}</c>, <c>{time}</c>, <c>{number}</c> and
/// <c>{string}</c> stand for any generated value of that kind, and <c>{any}</c> for anything, null included.
/// </summary>
internal static class JsonPattern
{
    /// <summary>Whether a document has exactly the expected members and items.</summary>
    public static bool Matches(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonValue e, _) when Text(e) == "{any}" => true,
        (JsonObject e, JsonObject a) => e.Count == a.Count && e.All(member => a.ContainsKey(member.Key) && Matches(member.Value, a[member.Key])),
        (JsonArray e, JsonArray a) => e.Count == a.Count && e.Zip(a).All(pair => Matches(pair.First, pair.Second)),
        (JsonValue e, JsonValue a) when e.GetValueKind() == JsonValueKind.String => IsMet(e.GetValue<string>(), a),
        _ => JsonNode.DeepEquals(expected, actual),
    };

    private static bool IsMet(string expected, JsonValue actual) => expected switch
    {
        "{number}" => actual.GetValueKind() == JsonValueKind.Number,
        "{string}" => Text(actual) is not null,
        "{uuid}" => Guid.TryParseExact(Text(actual), "D", out _),
        "{time}" => DateTimeOffset.TryParse(Text(actual), out _),
        _ => Text(actual) == expected,
    };

    private static string? Text(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
