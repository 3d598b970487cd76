using System.CommandLine;
using System.Diagnostics;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Query;
using Spectre.Console;

namespace Snowplow.Silo.Export;

/// <summary><c>snowplow export</c>: writes the rows of a query into a file, however many there are.</summary>
internal static class ExportCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "export";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow export "sessions | where start_tstamp > ago(30d)" --file sessions.csv
        snowplow export events --file events.jsonl.gz --format json --data data
        snowplow export "events | project event_id, collector_tstamp, page_urlpath" --file events.tsv.gz --url https://snowplow.example --api-key KEY
        """;

    private const string Description = """
        Write the rows of a query, of a running server or of files as with 'snowplow query', into a file on this machine.

        Rows are written while they come and not kept, so that there may be any number of them. The file is CSV or TSV with a header, or JSON lines, and gzip where its
        name ends in .gz. It is there once it is whole, and never takes the place of another.
        """;

    private static readonly Argument<string> Query = new("query") { Description = "The query." };
    private static readonly Option<string> File = new("--file") { Description = "The file, which must not be there yet.", HelpName = "file", Required = true };
    private static readonly Option<ExportFormat?> Format = new("--format") { Description = "Form of the rows. [default: by the file's name, else csv]", HelpName = "csv|tsv|json" };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Query, File, Format };
        QuerySource.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var (query, path, started) = (result.GetValue(Query)!, Path.GetFullPath(result.GetValue(File)!), Stopwatch.GetTimestamp());
        var format = result.GetValue(Format) ?? FormatOf(path);
        using var http = ServerAccess.Connect(result);
        try
        {
            using var file = Begin(path);
            var database = await QuerySource.LoadAsync(result, stop).ConfigureAwait(false);
            var lines = await ShowAsync(async told =>
            {
                var rows = new CountedRows(file.Content, isQuoted: format == ExportFormat.Csv, told);
                await using (rows.ConfigureAwait(false))
                {
                    if (database is null) await new QueryServer(http).ExportAsync(query, NameOf(format), rows, stop).ConfigureAwait(false);
                    else Write(database, query, format, rows, stop);
                    return rows.Lines;
                }
            }).ConfigureAwait(false);
            var written = file.Complete();
            var count = format == ExportFormat.Json ? lines : lines - 1;
            await result.InvocationConfiguration.Output.WriteLineAsync(
                $"{count:N0} rows are in '{result.GetValue(File)}': {written.SizeBytes:N0} bytes, {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s.").ConfigureAwait(false);
            return 0;
        }
        catch (KqlException exception)
        {
            await Console.Error.WriteAsync(QueryErrorText.Of(exception, query)).ConfigureAwait(false);
            return 1;
        }
        catch (HttpRequestException failure)
        {
            throw ServerAccess.Silent(http, failure);
        }
    }

    private static NewFile Begin(string path)
    {
        try
        {
            return NewFile.Begin(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Serve.StartupException($"'{path}' cannot be written: {failure.Message}.");
        }
    }

    private static void Write(Database database, string query, ExportFormat format, Stream output, CancellationToken stop) =>
        new KqlEngine(database).Write(query, new QueryOptions { OpenFile = LocalFiles.OfUser.Open, ReadUserAgent = UserAgentBags.Read }, RowWriter.Of(NameOf(format), output, hasHeader: true), stop);

    private static string NameOf(ExportFormat format) => format switch { ExportFormat.Json => "json", ExportFormat.Tsv => "tsv", _ => "csv" };

    private static ExportFormat FormatOf(string path) => Path.GetExtension(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path).ToLowerInvariant() switch
    {
        ".tsv" => ExportFormat.Tsv,
        ".json" or ".jsonl" or ".ndjson" => ExportFormat.Json,
        _ => ExportFormat.Csv,
    };

    // How far it is, on standard error where that is a terminal.
    private static Task<long> ShowAsync(Func<Action<long, long>, Task<long>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi) return work((_, _) => { });
        return console.Status().StartAsync("Waiting for the first rows …", context => work((lines, bytes) => context.Status($"{lines:N0} rows written, {bytes / 1e6:N0} MB of text")));
    }
}

/// <summary>Forms of exported rows.</summary>
internal enum ExportFormat
{
    /// <summary>CSV (RFC 4180) with a header.</summary>
    Csv,

    /// <summary>TSV with a header; tabs and line breaks within values are blanks.</summary>
    Tsv,

    /// <summary>An object a line.</summary>
    Json,
}
