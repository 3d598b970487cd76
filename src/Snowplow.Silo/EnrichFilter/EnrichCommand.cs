using System.CommandLine;
using System.Globalization;
using Snowplow.Silo.Filters;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.EnrichFilter;

/// <summary><c>snowplow enrich</c>: collector payloads in, enriched events out.</summary>
internal static class EnrichCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "enrich";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow enrich < payloads.jsonl > enriched.tsv
        snowplow enrich --from thrift --to json --bad bad.jsonl < payloads.thrift
        snowplow enrich --bad bad.jsonl --failed failed.tsv < payloads.jsonl > enriched.tsv
        snowplow enrich --enrichments config/enrichments --iglu ~/iglu-central --iglu ./our-schemas < payloads.jsonl
        """;

    private const string Description = """
        Enrich collector payloads: standard input to standard output, in order, without a server.

        Input is one JSON object a line, with the field names of Snowplow's CollectorPayload (ipAddress, timestamp, path,
        querystring, body or bodyBase64, headers, …), or Thrift records, each after its length as a big-endian 32-bit integer.
        The configuration is the server's: appsettings.json, environment, arguments (sections Enrich and Iglu).

        Every event ends in exactly one of output and bad rows. A line that cannot be read becomes a bad row too. Bad rows are
        an ordinary result: the exit code is 1 only if the input or the configuration cannot be read at all. With --failed, what
        was valid of an event with a schema violation or a failed enrichment is written too, beside its bad row.
        """;

    private static readonly StageArguments Stage = new(Name, files: null);
    private static readonly Option<PayloadFormat?> From = new("--from") { Description = "Form of the input. [default: by its first byte]", HelpName = "json|thrift" };
    private static readonly Option<EventForm?> To = new("--to") { Description = "Form of the enriched and failed events. [default: tsv]", HelpName = "tsv|json" };
    private static readonly Option<string?> Bad = BadRowOutput.Option();
    private static readonly Option<string?> Failed = new("--failed")
    {
        Description = "File for failed events, replaced if it is there: what was valid of bad events. [default: not written]",
        HelpName = "file",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { From, To, Bad, Failed };
        Stage.AddTo(command);
        command.Validators.Add(result =>
        {
            // Two writers of one file would write over each other.
            if (result.GetValue(Failed) is { } failed && result.GetValue(Bad) is { } bad && Path.GetFullPath(failed) == Path.GetFullPath(bad))
                result.AddError("--bad and --failed must be different files.");
        });
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        using var stage = EnrichStage.Load(Stage.Read(result), TimeProvider.System);
        using var bad = BadRowOutput.Open(result.GetValue(Bad));
        using var failed = result.GetValue(Failed) is { } file ? BadRowOutput.Open(file) : null;
        using var output = StandardStream.Output();
        using var standardInput = Console.OpenStandardInput();
        var (input, format) = result.GetValue(From) is { } given ? (standardInput, given) : await DetectAsync(standardInput, stop).ConfigureAwait(false);
        var framing = format == PayloadFormat.Json ? RecordFraming.Lines : RecordFraming.LengthPrefixed;
        var workers = new List<IBatchWorker>();
        try
        {
            while (workers.Count < Filter.WorkerCount)
                workers.Add(new EnrichWorker(stage, framing, result.GetValue(To) ?? EventForm.Tsv, failed is not null, TimeProvider.System));
            var filter = new Filter(workers, output, bad, failed);
            if (await filter.RunAsync(new RecordReader(input, framing), stop).ConfigureAwait(false) && !Console.IsErrorRedirected)
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{filter.GoodCount:N0} good, {filter.BadCount:N0} bad")).ConfigureAwait(false);
            return 0;
        }
        catch (InvalidDataException unreadable)
        {
            throw new StartupException(unreadable.Message);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    // JSON begins with a brace or white space; a record's length, being under 16 MiB of any collector, with a zero byte.
    private static async Task<(Stream Input, PayloadFormat Format)> DetectAsync(Stream input, CancellationToken stop)
    {
        var first = new byte[1];
        var read = await input.ReadAsync(first, CancellationToken.None).AsTask().WaitAsync(stop).ConfigureAwait(false);
        var isJson = read == 0 || first[0] is (byte)'{' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
        return (new PrefixedStream(first.AsMemory(0, read), input), isJson ? PayloadFormat.Json : PayloadFormat.Thrift);
    }
}
