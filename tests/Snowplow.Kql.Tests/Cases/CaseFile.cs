using System.Text;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests.Cases;

/// <summary>
/// A file of cases: a comment, a query, <c>----</c>, the columns and a line for each row, its values between bars; or <c>error</c> and what the message
/// holds. An empty line ends a case. Null is <c>null</c>, the empty string <c>""</c>.
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
    public static IReadOnlyList<string> Lines(KqlEngine engine, string query, int workers)
    {
        try
        {
            var results = engine.Run(query, new QueryOptions { Workers = workers, Now = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc) });
            return [.. results.SelectMany(result => result.Rows().Select(row => string.Join(" | ", row.Select(Text))).Prepend(string.Join(" | ", result.Columns)))];
        }
        catch (KqlException exception)
        {
            return [$"error {string.Concat(exception.Diagnostics.Take(1).Select(diagnostic => $"{diagnostic.Code} at {diagnostic.Span.Start}: "))}{exception.Message}"];
        }
    }

    private static string Text(object? value) => value switch { null => "null", "" => "\"\"", _ => DynamicValue.Text(value) };
}
