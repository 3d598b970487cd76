using System.CommandLine;
using System.Text;
using System.Text.Json;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Silo.CommandLine;

namespace Snowplow.Silo.Query;

/// <summary><c>snowplow ingest</c>: puts a file into a table of a running server.</summary>
internal static class IngestCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "ingest";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow ingest customers.csv --table customers
        snowplow ingest orders.jsonl.gz --table orders --replace
        snowplow query "users | join kind=inner customers on user_id | take 10"
        """;

    private const string Description = """
        Put a file into a table of a running server, where queries find it beside the platform's own tables.

        The file is CSV or TSV with a header, or JSON lines, and may be gzip; of a folder it is all such files below it. Columns get the types of what they hold. The
        table is made where it is missing, and gets new columns at its end. With --replace it holds nothing but the file afterwards.
        """;

    // A text of commands is done as a whole or not at all, so the first one also makes the table.
    private const int MostBytesAtOnce = 4 << 20;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Argument<string> File = new("file") { Description = "The file or folder." };
    private static readonly Option<string> Table = new("--table") { Description = "The table.", HelpName = "name", Required = true };
    private static readonly Option<bool> Replace = new("--replace") { Description = "Put the rows in the place of those that are there." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { File, Table, Replace, ServerAccess.Url, ServerAccess.ApiKey };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var table = QueryTables.Read(result.GetValue(Table)!, result.GetValue(File)!);
        using var http = ServerAccess.Connect(result);
        var server = new QueryServer(http);
        try
        {
            var rows = 0L;
            foreach (var (text, count) in Texts(table, result.GetValue(Replace)))
            {
                await server.AskAsync(text, stop).ConfigureAwait(false);
                rows += count;
            }

            await Console.Out.WriteLineAsync($"{rows:N0} rows are in '{table.Name}'.").ConfigureAwait(false);
            return 0;
        }
        catch (KqlException exception)
        {
            await Console.Error.WriteLineAsync($"snowplow: {exception.Message}").ConfigureAwait(false);
            return 1;
        }
        catch (HttpRequestException failure)
        {
            throw ServerAccess.Silent(http, failure);
        }
    }

    private static IEnumerable<(string Text, long Rows)> Texts(MemoryTable table, bool replaces)
    {
        var name = KqlNames.Quoted(table.Name);
        var create = $".create-merge table {name} ({new TableDefinition(table.Name, [.. table.Columns.Select(column => new ColumnDefinition(column.Name, column.Type, ""))], "", "").CslSchema})\n";
        var before = replaces ? $".drop table {name} ifexists\n{create}" : create;
        var (lines, rows) = (new StringBuilder(), 0L);
        foreach (var line in Lines(table))
        {
            lines.Append('\n').Append(line);
            rows++;
            if (lines.Length < MostBytesAtOnce) continue;
            yield return (Text(), rows);
            lines.Clear();
            (before, rows) = ("", 0);
        }

        if (rows > 0 || before.Length > 0) yield return (Text(), rows);

        string Text() => rows == 0 ? before : $"{before}.ingest inline into table {name} with (format = 'json') <|{lines}";
    }

    // Line breaks within texts are escaped, so that no line is empty.
    private static IEnumerable<string> Lines(MemoryTable table)
    {
        using var stream = new MemoryStream();
        foreach (var extent in table.Extents([]))
        {
            var columns = table.Columns.Select((_, i) => extent.Read(i, 0, extent.RowCount)).ToArray();
            for (var row = 0; row < extent.RowCount; row++)
            {
                stream.SetLength(0);
                using (var writer = new Utf8JsonWriter(stream, JsonOptions))
                {
                    writer.WriteStartObject();
                    for (var i = 0; i < columns.Length; i++)
                    {
                        if (columns[i].Box(row) is not { } value) continue;
                        writer.WritePropertyName(table.Columns[i].Name);
                        ResultJson.WriteValue(writer, value);
                    }

                    writer.WriteEndObject();
                }

                yield return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
            }
        }
    }
}
