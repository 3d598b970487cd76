using System.CommandLine;
using Snowplow.Events.BadRows;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Filters;

namespace Snowplow.Silo.Conversion;

/// <summary><c>snowplow convert</c>: enriched TSV to JSON.</summary>
internal static class ConvertCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "convert";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow convert --to json < enriched.tsv > events.jsonl
        snowplow convert data/enriched --bad unreadable.jsonl | jq .event_name
        """;

    private const string Description = """
        Convert enriched TSV to JSON, by the rules of Snowplow's analytics SDKs.

        A line that is no enriched event (131 fields, each of its type; collector_tstamp, event_id, v_collector and v_etl there)
        becomes a bad row 'loader_parsing_error' with the whole line; the exit code is then 1. Blank lines are passed over.
        """;

    private static readonly Option<EventForm?> To = new("--to") { Description = "Form of the output; json is the only one. [default: json]", HelpName = "json" };
    private static readonly Option<string?> Bad = BadRowOutput.Option();
    private static readonly Argument<string[]> Files = new("files")
    {
        Description = "Files of enriched TSV, plain or gzip; of a folder all *.tsv and *.tsv.gz below it. Without any, standard input is read.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        To.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<EventForm?>() == EventForm.Tsv) result.AddError("--to must be json: the input is TSV already.");
        });
        var command = new Command(Name, Description) { To, Bad, Files };
        command.SetAction(Run);
        return command;
    }

    /// <summary>Exit code 0 when every line was an event, 1 when some was not.</summary>
    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        using var bad = BadRowOutput.Open(result.GetValue(Bad));
        using var output = StandardStream.Output();
        var workers = Enumerable.Range(0, Filter.WorkerCount)
            .Select(_ => (IBatchWorker)new ConvertWorker(new Processor("snowplow-orleans", VersionCommand.ShortVersion))).ToList();
        try
        {
            var filter = new Filter(workers, output, bad, failed: null);
            var damages = await ConvertAsync(filter, result.GetValue(Files) ?? [], stop).ConfigureAwait(false);
            foreach (var damage in damages) await Console.Error.WriteLineAsync($"snowplow: {damage}").ConfigureAwait(false);
            return filter.BadCount == 0 && damages.Count == 0 ? 0 : 1;
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    // Returns what cannot be read to its end: the other files are converted all the same.
    private static async Task<IReadOnlyList<string>> ConvertAsync(Filter filter, string[] paths, CancellationToken stop)
    {
        var damages = new List<string>();
        if (paths.Length == 0)
        {
            using var input = Console.OpenStandardInput();
            await ConvertAsync(filter, input, "Standard input", damages, stop).ConfigureAwait(false);
            return damages;
        }

        foreach (var (_, path) in InputFile.Find(paths, ".tsv", ".tsv.gz"))
        {
            using var file = InputFile.Open(path);
            if (!await ConvertAsync(filter, file, path, damages, stop).ConfigureAwait(false)) break;
        }

        return damages;
    }

    private static async Task<bool> ConvertAsync(Filter filter, Stream input, string name, List<string> damages, CancellationToken stop)
    {
        try
        {
            return await filter.RunAsync(new RecordReader(input, RecordFraming.Lines), stop).ConfigureAwait(false);
        }
        catch (InvalidDataException damaged)
        {
            damages.Add($"{name} cannot be read to its end: {damaged.Message}");
            return true;
        }
    }
}
