using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Enrichments.Answers;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.JsonPaths;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Api;

/// <summary>A part of a service's answer that becomes an entity.</summary>
/// <param name="Schema">The entity's schema.</param>
/// <param name="Path">Where the entity's data stands in the answer.</param>
/// <param name="PathText">The path as it was configured.</param>
internal sealed record ApiOutput(SchemaKey Schema, JsonPath Path, string PathText)
{
    /// <summary>Reads <c>parameters.outputs</c>; null where it was refused.</summary>
    public static IReadOnlyList<ApiOutput>? Read(EnrichmentConfig config)
    {
        var outputs = new List<ApiOutput>();
        var isRefused = false;
        foreach (var (index, output) in config.Parameters.GetProperty("outputs").EnumerateArray().Index())
        {
            var path = output.GetProperty("json").GetProperty("jsonPath").GetString()!;
            if (JsonPath.TryParse(path, out var parsed, out var error))
            {
                outputs.Add(new ApiOutput(SchemaKey.Parse(output.GetProperty("schema").GetString()!), parsed, path));
                continue;
            }

            config.Refuse($"outputs[{index}].json.jsonPath", error);
            isRefused = true;
        }

        return isRefused ? null : outputs;
    }

    /// <summary>Makes the entity; several values that the path leads to make a list.</summary>
    /// <returns>The entity; null where the path leads to nothing.</returns>
    public AnsweredEntity? From(JsonElement answer)
    {
        var found = new List<JsonElement>();
        Path.Select(answer, found);
        return found switch
        {
            [] => null,
            [var one] => new AnsweredEntity(Schema, Encoding.UTF8.GetBytes(one.GetRawText())),
            _ => new AnsweredEntity(Schema, Encoding.UTF8.GetBytes($"[{string.Join(',', found.Select(value => value.GetRawText()))}]")),
        };
    }
}
