using System.CommandLine;
using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Kusto;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Query;

/// <summary><c>snowplow query</c>: KQL over a running server, files and data folders.</summary>
internal static class QueryCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "query";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow query "sessions | summarize count() by default_channel_group"
        snowplow query "events | where collector_tstamp > ago(1h) | count" --url https://snowplow.example --api-key KEY
        snowplow query "events | summarize count() by event_name" --table events=enriched.tsv
        snowplow query "customers | join kind=inner orders on id" --table customers=customers.csv --table orders=orders.jsonl
        snowplow query "users | join kind=inner customers on user_id" --data data --table customers=crm.csv
        snowplow query "page_funnel(dynamic(['/', '/cart', '/thanks']), from = ago(7d))" --data data
        snowplow query --file report.kql --data data --format csv > report.csv
        """;

    private const string Description = """
        Query a running server or files with KQL, the Kusto query language of Azure Data Explorer.

        Without --data and --table the server at --url is asked: its tables are events, bad_rows, sessions, users, views and all others of docs/tables.md, and
        its management commands (.show tables) are there, too.

        --data names the data folder of a server, which may be at work: the same tables are read from its files. What a query names is read into memory.

        The analyses of docs/analyses.md are functions over these tables. --scripts adds functions of your own, written as for Data Explorer.

        A table of --table is a CSV or TSV file with a header, a file of JSON lines, or enriched TSV, whose 131 columns are known; each may be gzip. Of a folder it is
        all such files below it. docs/kql.md tells what of the language there is.

        The exit code is 0 where the query was answered, 1 otherwise.
        """;

    private const string Note = "note";

    private static readonly Argument<string?> Query = new("query") { Description = "The query; several statements give several results.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> File = new("--file") { Description = "Read the query from a file.", HelpName = "file" };
    private static readonly Option<ResultFormat> Format = new("--format") { Description = "Form of the results.", HelpName = "table|json|csv|tsv" };
    private static readonly Option<bool> Batch = new("--batch") { Description = "Read queries from standard input, as JSON lines {\"id\",\"query\"}, and answer in JSON lines." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Query, File };
        QuerySource.AddTo(command);
        command.Add(Format);
        command.Add(Batch);
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        using var http = ServerAccess.Connect(result);
        var ask = await SourceAsync(result, http, stop).ConfigureAwait(false);
        if (result.GetValue(Batch)) return await QueryBatch.RunAsync(ask, Console.In, Console.Out, stop).ConfigureAwait(false);
        var text = (result.GetValue(Query), result.GetValue(File)) switch
        {
            ({ } query, null) => query,
            (null, { } file) => await System.IO.File.ReadAllTextAsync(file, stop).ConfigureAwait(false),
            (null, null) => throw new StartupException("Give a query, or a file that holds one by --file."),
            _ => throw new StartupException("Give a query or --file, not both."),
        };
        try
        {
            ResultWriter.Write(await ask(text, stop).ConfigureAwait(false), result.GetValue(Format), Console.Out, isTerminal: !Console.IsOutputRedirected);
            return 0;
        }
        catch (KqlException exception)
        {
            await Console.Error.WriteAsync(QueryErrorText.Of(exception, text)).ConfigureAwait(false);
            if (exception.Data[Note] is string note) await Console.Error.WriteLineAsync($"snowplow: {note}").ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task<Ask> SourceAsync(ParseResult result, HttpClient http, CancellationToken stop)
    {
        var database = await QuerySource.LoadAsync(result, stop).ConfigureAwait(false);
        return database is null ? Server(new QueryServer(http), http, QuerySource.IsServerNamed(result)) : Engine(database);
    }

    private static QueryOptions Options => new() { OpenFile = LocalFiles.OfUser.Open, WriteFile = LocalFiles.OfUser.Write, ReadUserAgent = UserAgentBags.Read };

    private static Ask Engine(Database database) => (text, stop) => Task.FromResult<IReadOnlyList<ResultRows>>(
    [
        .. (CommandEngine.IsCommand(text) ? ReadOnlyCommands.Run(database, text, Options, stop).Results : new KqlEngine(database).Run(text, Options, stop)).Select(ResultRows.Of),
    ]);

    // What names no table needs no server. Whoever did not name one may not know that queries go there, so an error tells him.
    private static Ask Server(QueryServer server, HttpClient http, bool isNamed)
    {
        var engine = Engine(new Database([]));
        return async (text, stop) =>
        {
            try
            {
                return await server.AskAsync(text, stop).ConfigureAwait(false);
            }
            catch (HttpRequestException failure) when (isNamed || failure.HttpRequestError != HttpRequestError.ConnectionError)
            {
                throw ServerAccess.Silent(http, failure);
            }
            catch (HttpRequestException)
            {
                return await WithoutTablesAsync(engine, text, http, stop).ConfigureAwait(false);
            }
        };
    }

    private static async Task<IReadOnlyList<ResultRows>> WithoutTablesAsync(Ask engine, string text, HttpClient http, CancellationToken stop)
    {
        try
        {
            return await engine(text, stop).ConfigureAwait(false);
        }
        catch (KqlException exception)
        {
            exception.Data[Note] = $"No server answers at {http.BaseAddress}, so there are no tables: start one ('snowplow serve'), name another by --url, or name files by --data or --table.";
            throw;
        }
    }
}
