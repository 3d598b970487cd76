using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Enrich.Explain;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Lint;

/// <summary><c>snowplow lint-event</c>: explains what becomes of a payload.</summary>
internal static class LintCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "lint-event";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow lint-event payload.json
        echo 'e=pv&p=web&tv=js-4.0.0&url=https://example.com/' | snowplow lint-event
        snowplow lint-event --iglu ./our-schemas --json event.json | jq .events[0].problems
        """;

    private const string Description = """
        Explain field by field what becomes of a payload, or why it is bad and what to do.

        The payload is a tracker's POST body, an event or a list of events, a self-describing event, a query string or the
        address of a pixel, or a collector payload as JSON. The configuration is the server's.

        The exit code is 0 where all events are good, 1 otherwise.
        """;

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly StageArguments Stage = new(Name, "The file with the payload; standard input without one.");
    private static readonly Option<bool> Json = new("--json") { Description = "Write the explanation as JSON." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Json };
        Stage.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var text = Stage.Files(result) switch
        {
            [] => await Console.In.ReadToEndAsync(stop).ConfigureAwait(false),
            [var file] => await File.ReadAllTextAsync(file, stop).ConfigureAwait(false),
            _ => throw new StartupException("lint-event explains one payload at a time; give one file."),
        };
        var input = LintInput.Read(text, TimeProvider.System.GetUtcNow());
        using var stage = EnrichStage.Load(Stage.Read(result), TimeProvider.System);
        using var explainer = new PayloadExplainer(stage.Options, stage.Enrichments, stage.Validator, TimeProvider.System);
        var report = await new Linter(explainer, new LintProblems(stage.Resolver)).LintAsync(input, stop).ConfigureAwait(false);
        var output = result.InvocationConfiguration.Output;
        if (result.GetValue(Json)) await output.WriteLineAsync(JsonSerializer.Serialize(report, JsonOptions)).ConfigureAwait(false);
        else new LintText(output, !Console.IsOutputRedirected).Write(report);
        return report.IsGood ? 0 : 1;
    }
}
