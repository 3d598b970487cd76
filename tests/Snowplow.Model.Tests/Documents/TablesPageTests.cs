using System.Text;

namespace Snowplow.Model.Tests.Documents;

/// <summary>Holds the columns in docs/tables.md to those of the code. <c>SNOWPLOW_WRITE_DOCS=1</c> writes them there.</summary>
public sealed class TablesPageTests
{
    private const string Begin = "<!-- Written by tests/Snowplow.Model.Tests/Documents/TablesPageTests.cs from the lists of columns. -->\n";

    [Fact]
    public void TablesPage_DescribesEveryColumnOfEveryTable()
    {
        var page = Path.Combine(Root(), "docs", "tables.md");
        var text = File.ReadAllText(page);
        var written = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Tables();
        if (Environment.GetEnvironmentVariable("SNOWPLOW_WRITE_DOCS") == "1") File.WriteAllText(page, written);
        else text.ShouldBe(written, "Run this test with SNOWPLOW_WRITE_DOCS=1.");
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (var table in ModelTables.All)
        {
            text.Append($"\n## {table.Name}\n\n{table.Summary} Key: {string.Join(", ", table.Key.Select(column => $"`{column}`"))}.\n\n| column | type | rule |\n|---|---|---|\n");
            foreach (var column in table.Columns) text.Append($"| `{column.Name}` | {column.Type} | {column.Rule.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Snowplow.Orleans.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
        return folder.FullName;
    }
}
