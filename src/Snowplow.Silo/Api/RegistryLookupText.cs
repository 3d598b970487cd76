using System.Text.Json;

namespace Snowplow.Silo.Api;

/// <summary>Says in words what the <c>lookupHistory</c> of a bad row's <c>ResolutionError</c> says: why there is no schema.</summary>
internal static class RegistryLookupText
{
    private const string NotFound = "NotFound";

    /// <summary>Reads the array that follows the reader's property name. It may be cut off anywhere: what is there counts.</summary>
    /// <returns>One text for the registries that do not have the schema, and one for each failure of another.</returns>
    public static IReadOnlyList<string> Read(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        var repository = "";
        var without = new List<string>();
        var failures = new List<string>();
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var member = reader.GetString();
            if (!reader.Read())
                break;
            if (reader.TokenType != JsonTokenType.String)
                continue;
            var text = reader.GetString()!;
            if (member == "repository")
                repository = text;
            else if (member == "error" && text == NotFound)
                without.Add(repository);
            else if (member == "error")
                failures.Add($"registry {repository} failed: {text}");
            else if (member == "message" && failures.Count > 0)
                failures[^1] = $"registry {repository} failed: {text}";
        }

        return without.Count == 0 ? failures : [$"schema not found in: {string.Join(", ", without)}", .. failures];
    }
}
