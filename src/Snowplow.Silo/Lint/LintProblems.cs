using System.Text.Json;
using Snowplow.Silo.Api;

namespace Snowplow.Silo.Lint;

/// <summary>Says in words what a bad row says, and what to do.</summary>
internal static class LintProblems
{
    /// <summary>The problems of a bad row, one for each of its messages.</summary>
    /// <param name="badRow">A line of JSON.</param>
    public static IReadOnlyList<LintProblem> Of(string badRow)
    {
        using var document = JsonDocument.Parse(badRow);
        var type = document.RootElement.GetProperty("schema").GetString()!.Split('/')[1];
        var failure = document.RootElement.GetProperty("data").GetProperty("failure");
        IEnumerable<JsonElement> messages = failure.TryGetProperty("messages", out var list) ? list.EnumerateArray() : [failure];
        return [.. messages.Select(message => new LintProblem(type, BadRowText.Describe(message.GetRawText()), Advice(type, message)))];
    }

    private static string Advice(string type, JsonElement message)
    {
        if (message.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("error", out var kind))
        {
            if (kind.ValueEquals("ResolutionError"))
                return "Add the registry that has the schema: --iglu FOLDER here, Iglu:Registries on the server. Is the schema's URI spelt right?";
            if (message.TryGetProperty("schemaKey", out var key) && key.GetString()?.Contains("/atomic/", StringComparison.Ordinal) == true)
                return "Correct the parameter in the tracker.";
            return "Correct the data, or publish a version of the schema that allows it and name that one.";
        }

        return type switch
        {
            "tracker_protocol_violations" => "Send what the tracker protocol allows; see the message for the field.",
            "adapter_failures" => "Use a path of a known tracker or webhook, and its format.",
            "collector_payload_format_violation" => "Correct the request: its path, query string or encoding.",
            "size_violation" => "Send less in one event.",
            "enrichment_failures" => "Correct the field, or the configuration of the enrichment.",
            "schema_violations" => "Send self-describing JSON: an object with 'schema', an Iglu URI, and 'data'.",
            _ => "This is a fault of the program; please report it with the payload.",
        };
    }
}
