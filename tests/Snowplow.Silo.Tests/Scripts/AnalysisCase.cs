using System.Text;
using System.Text.Json;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Silo.Query.Scripts;

namespace Snowplow.Silo.Tests.Scripts;

/// <summary>
/// Cases of one analysis: tables with a few rows as JSON (columns that are not there are null), and queries with what comes of them by hand. A block ends at
/// an empty line. <c>table NAME</c> begins a table, <c>----</c> stands between a query and its result, lines with a hash tell.
/// </summary>
internal sealed record AnalysisCase(IReadOnlyList<Table> Tables, IReadOnlyList<(string Query, string[] Expected)> Queries)
{
    public static AnalysisCase Read(string path)
    {
        var tables = KustoScripts.Platform.ToDictionary(table => table.Name);
        var queries = new List<(string, string[])>();
        foreach (var block in File.ReadAllText(path).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).ToArray();
            if (lines is []) continue;
            if (lines[0].StartsWith("table ", StringComparison.Ordinal)) tables[lines[0][6..]] = Rows(tables[lines[0][6..]], lines[1..]);
            else queries.Add((string.Join('\n', lines.TakeWhile(line => line != "----")), [.. lines.SkipWhile(line => line != "----").Skip(1)]));
        }

        return new AnalysisCase([.. tables.Values], queries);
    }

    /// <summary>The tables with the functions that come with the program.</summary>
    public Database Database() => new(Tables, KustoScripts.Load(Tables, [], null));

    private static Table Rows(Table table, string[] lines)
    {
        foreach (var line in lines)
            foreach (var property in JsonDocument.Parse(line).RootElement.EnumerateObject())
                table.Columns.Select(column => column.Name).ShouldContain(property.Name, line);
        return JsonLinesFile.Read(table.Name, JsonLinesFile.Lines(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")), table.Columns);
    }
}
