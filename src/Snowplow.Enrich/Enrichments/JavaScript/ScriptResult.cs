using System.Runtime.InteropServices;
using System.Text.Json;
using Snowplow.Enrich.Entities;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.JavaScript;

/// <summary>What a script returns: a list of self-describing JSON.</summary>
internal static class ScriptResult
{
    /// <summary>Adds the entities of a list; none, and false, where it is no list or an item is not self-describing.</summary>
    public static bool TryAdd(JsonElement list, DerivedContexts contexts)
    {
        if (list.ValueKind != JsonValueKind.Array) return false;
        var entities = new List<(SchemaKey Key, JsonElement Data)>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object
                || !item.TryGetProperty("schema", out var uri) || uri.ValueKind != JsonValueKind.String
                || !SchemaKey.TryParse(uri.GetString(), out var key) || !item.TryGetProperty("data", out var data)) return false;
            entities.Add((key, data));
        }

        foreach (var (key, data) in entities) contexts.Add(key.Utf8Uri, JsonMarshal.GetRawUtf8Value(data));
        return true;
    }
}
