using System.CommandLine;
using Snowplow.Kql;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Query;

/// <summary><c>snowplow query</c>: KQL over files and data folders.</summary>
internal static class QueryCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "query";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow query "sessions | summarize count() by default_channel_group" --data data
        snowplow query "events | summarize count() by event_name" --table events=enriched.tsv
        snowplow query "customers | join kind=inner orders on id" --table customers=customers.csv --table orders=orders.jsonl
        snowplow query "users | join kind=inner customers on user_id" --data data --table customers=crm.csv
        snowplow query --file report.kql --data data --format csv > report.csv
        """;

    private const string Description = """
        Query files with KQL, the Kusto query language of Azure Data Explorer.

        --data names the data folder of a server, which may be at work: its tables are events, bad_rows, sessions, users, views and all others of
        docs/tables.md, each row in its newest version. What a query names is read into memory.

        A table of --table is a CSV or TSV file with a header, a file of JSON lines, or enriched TSV, whose 131 columns are known; each may be gzip. Of a folder it is
        all such files below it. docs/kql.md tells what of the language there is.

        The exit code is 0 where the query was answered, 1 otherwise.
        """;

    private static readonly Argument<string?> Query = new("query") { Description = "The query; several statements give several results.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> File = new("--file") { Description = "Read the query from a file.", HelpName = "file" };
    private static readonly Option<string?> Data = new("--data") { Description = "The data folder of a server.", HelpName = "folder" };
    private static readonly Option<string[]> Tables = new("--table") { Description = "A table and its file, as name=file; may be given several times.", HelpName = "name=file" };
    private static readonly Option<ResultFormat> Format = new("--format") { Description = "Form of the results.", HelpName = "table|json|csv|tsv" };
    private static readonly Option<bool> Batch = new("--batch") { Description = "Read queries from standard input, as JSON lines {\"id\",\"query\"}, and answer in JSON lines." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Query, File, Data, Tables, Format, Batch };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var engine = new KqlEngine(QueryTables.Load(result.GetValue(Tables) ?? [], result.GetValue(Data), stop));
        if (result.GetValue(Batch)) return await QueryBatch.RunAsync(engine, Console.In, Console.Out, stop).ConfigureAwait(false);
        var text = (result.GetValue(Query), result.GetValue(File)) switch
        {
            ({ } query, null) => query,
            (null, { } file) => await System.IO.File.ReadAllTextAsync(file, stop).ConfigureAwait(false),
            (null, null) => throw new StartupException("Give a query, or a file that holds one by --file."),
            _ => throw new StartupException("Give a query or --file, not both."),
        };
        try
        {
            var results = engine.Run(text, new QueryOptions(), stop);
            ResultWriter.Write(results, result.GetValue(Format), Console.Out, isTerminal: !Console.IsOutputRedirected);
            return 0;
        }
        catch (KqlException exception)
        {
            await Console.Error.WriteAsync(QueryErrorText.Of(exception, text)).ConfigureAwait(false);
            return 1;
        }
    }
}
