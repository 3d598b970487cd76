using System.Text;
using Snowplow.Kql.Schema;
using Snowplow.Silo.Query.Scripts;

namespace Snowplow.Silo.Tests.Documents;

/// <summary>Holds the list in docs/analyses.md to the scripts. <c>SNOWPLOW_WRITE_DOCS=1</c> writes it there.</summary>
public sealed class AnalysesPageTests
{
    private const string Begin = "<!-- Written by tests/Snowplow.Silo.Tests/Documents/AnalysesPageTests.cs from infra/kusto/analyses. -->\n";

    private const string Example = "// Example: ";

    [Fact]
    public void AnalysesPage_ListsEveryFunctionWithItsExample()
    {
        var page = Repository.Path("docs", "analyses.md");
        var text = File.ReadAllText(page);
        var written = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + List();
        if (Environment.GetEnvironmentVariable("SNOWPLOW_WRITE_DOCS") == "1") File.WriteAllText(page, written);
        else text.ShouldBe(written, "Run this test with SNOWPLOW_WRITE_DOCS=1.");
    }

    private static string List()
    {
        var text = new StringBuilder();
        foreach (var function in KustoScripts.Load(KustoScripts.Platform, [], null).Functions.Values) Append(text, function);
        return text.ToString();
    }

    private static void Append(StringBuilder text, StoredFunction function)
    {
        var example = File.ReadLines(Repository.Path("infra", "kusto", "analyses", $"{function.Name}.kql")).Single(line => line.StartsWith(Example, StringComparison.Ordinal));
        text.Append($"\n### {function.Name}\n\n{function.DocString}\n\n`{function.Name}{function.Parameters}`\n\n```kusto\n{example[Example.Length..]}\n```\n");
    }
}
