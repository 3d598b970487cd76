using System.Text;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests.Cases;

/// <summary>
/// A file of cases: a comment, a query, <c>----</c>, the columns and a line for each row, its values between bars; or <c>error</c> and what the message
/// holds. An empty line ends a case. Null is <c>null</c>, the empty string <c>""</c>. What begins with a dot are control commands; behind a line
/// <c>then</c> stands what is run on the database that they leave; a tilde alone is an empty line. Files that they name are in the folder <c>files</c>.
/// </summary>
internal sealed record CaseFile(string Title, string Query, IReadOnlyList<string> Expected)
{
    public static IEnumerable<CaseFile> Read(string path)
    {
        var title = "";
        var query = new StringBuilder();
        List<string>? expected = null;
        foreach (var line in File.ReadLines(path).Append(""))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal) && expected is null && query.Length == 0) title = line[2..];
            else if (line == "----") expected = [];
            else if (line.Length == 0 && expected is not null)
            {
                yield return new CaseFile(title, query.ToString(), expected);
                title = "";
                query.Clear();
                expected = null;
            }
            else if (expected is not null) expected.Add(line);
            else if (line.Length > 0) query.Append(line).Append('\n');
        }
    }

    /// <summary>The result as the file would have it.</summary>
    public static IReadOnlyList<string> Lines(KqlEngine engine, string query, int workers) => Lines(() => engine.Run(query, Options(workers)));

    /// <summary>The result of commands and queries, on a database that is empty before.</summary>
    public static IReadOnlyList<string> Lines(string text, int workers) => Lines(() =>
    {
        var database = new Database([]);
        IReadOnlyList<ResultTable> results = [];
        foreach (var part in text.Replace("\n~\n", "\n\n", StringComparison.Ordinal).Split("then\n"))
        {
            if (CommandEngine.IsCommand(part)) (results, database, _) = new CommandEngine(database).Run(part, Options(workers));
            else results = new KqlEngine(database).Run(part, Options(workers));
        }

        return results;
    });

    private static QueryOptions Options(int workers) => new()
    {
        Workers = workers,
        Now = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc),
        OpenFile = path => File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Cases", "files", path)),
    };

    private static IReadOnlyList<string> Lines(Func<IReadOnlyList<ResultTable>> run)
    {
        try
        {
            return [.. run().SelectMany(result => result.Rows().Select(row => string.Join(" | ", row.Select(Text))).Prepend(string.Join(" | ", result.Columns)))];
        }
        catch (KqlException exception)
        {
            return [$"error {string.Concat(exception.Diagnostics.Take(1).Select(diagnostic => $"{diagnostic.Code} at {diagnostic.Span.Start}: "))}{exception.Message}"];
        }
    }

    private static string Text(object? value) => value switch { null => "null", "" => "\"\"", _ => DynamicValue.Text(value) };
}
