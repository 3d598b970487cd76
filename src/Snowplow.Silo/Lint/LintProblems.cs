using System.Text.Json;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.Iglu;
using Snowplow.Silo.Api;

namespace Snowplow.Silo.Lint;

/// <summary>Says in words what a bad row says, and what to do.</summary>
/// <param name="resolver">Tells which versions there are of a schema that is not found.</param>
internal sealed class LintProblems(IgluResolver resolver)
{
    /// <summary>The problems of a bad row, one for each of its messages.</summary>
    /// <param name="badRow">A line of JSON; null for none.</param>
    /// <param name="stop">Ends the waiting for registries.</param>
    public async ValueTask<IReadOnlyList<LintProblem>> OfAsync(string? badRow, CancellationToken stop)
    {
        if (badRow is null) return [];

        using var document = JsonDocument.Parse(badRow);
        var type = document.RootElement.GetProperty("schema").GetString()!.Split('/')[1];
        var failure = document.RootElement.GetProperty("data").GetProperty("failure");
        IEnumerable<JsonElement> messages = failure.TryGetProperty("messages", out var list) ? list.EnumerateArray() : [failure];
        var problems = new List<LintProblem>();
        foreach (var message in messages)
            problems.Add(new LintProblem(type, BadRowText.Describe(message.GetRawText()), await AdviceAsync(type, message, stop).ConfigureAwait(false)));
        return problems;
    }

    private async ValueTask<string> AdviceAsync(string type, JsonElement message, CancellationToken stop) =>
        Error(message)?.ValueEquals("ResolutionError") != true ? Advice(type, message)
        : await KnownVersionsAsync(message, stop).ConfigureAwait(false) is { Length: > 0 } versions ? $"Known versions: {versions}. Name one of them, or publish yours."
        : "Add the registry that has the schema: --iglu FOLDER here, Iglu:Registries on the server. Is the schema's URI spelt right?";

    // Registries list one model at a time; the next ones show that it is the model which is wrong.
    private async ValueTask<string> KnownVersionsAsync(JsonElement message, CancellationToken stop)
    {
        if (!message.TryGetProperty("schemaKey", out var text) || !SchemaKey.TryParse(text.GetString(), out var key)) return "";
        var versions = new List<string>();
        foreach (var model in new[] { key.Model - 1, key.Model, key.Model + 1 }.Where(model => model > 0))
        {
            var wanted = SchemaKey.Parse($"iglu:{key.Vendor}/{key.Name}/{key.Format}/{model}-0-0");
            versions.AddRange((await resolver.ListAsync(wanted, stop).ConfigureAwait(false)).Select(known => known.Version));
        }

        return string.Join(", ", versions);
    }

    private static JsonElement? Error(JsonElement message) =>
        message.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("error", out var kind) ? kind : null;

    private static string Advice(string type, JsonElement message)
    {
        if (Error(message) is not null)
        {
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
