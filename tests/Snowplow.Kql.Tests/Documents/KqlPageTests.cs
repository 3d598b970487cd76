using System.Text;
using Snowplow.Kql.Aggregates;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Operators;
using Snowplow.Kql.Operators;

namespace Snowplow.Kql.Tests.Documents;

/// <summary>Holds the lists in docs/kql.md to those of the code. <c>SNOWPLOW_WRITE_DOCS=1</c> writes them there.</summary>
public sealed class KqlPageTests
{
    private const string Begin = "<!-- Written by tests/Snowplow.Kql.Tests/Documents/KqlPageTests.cs from the tables of the code. -->\n";

    [Fact]
    public void KqlPage_ListsEveryFunctionAggregatePluginAndCommand()
    {
        var page = Repository.Page("kql.md");
        var text = File.ReadAllText(page);
        var written = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Lists();
        if (Environment.GetEnvironmentVariable("SNOWPLOW_WRITE_DOCS") == "1") File.WriteAllText(page, written);
        else text.ShouldBe(written, "Run this test with SNOWPLOW_WRITE_DOCS=1.");
    }

    private static string Lists()
    {
        var text = new StringBuilder();
        Section("Aggregates", AggregateTable.All.Select(function => ($"`{function.Name}`", function.Summary)));
        Section("Plugins of evaluate", Evaluate.All.Select(plugin => ($"`{plugin.Name}`", plugin.Summary)));
        Section("Operators between values", Arithmetic.All.Select(function => ($"`{function.Name}`", function.Summary)));
        text.Append($"\nBetween texts: {string.Join(", ", TextOperators.Names.Select(name => $"`{name}`"))}, with `!` before and `_cs` behind; `in`, `in~`, `has_any`, `has_all`, `between`.\n");
        Section("Functions of the place", SpecialCalls.All.Select(function => ($"`{function.Name}`", function.Summary)));
        foreach (var (folder, functions) in FunctionTable.Folders)
            Section(folder, functions.Select(function => (string.Join(", ", function.Aliases.Prepend(function.Name).Select(name => $"`{name}`")), function.Summary)));
        foreach (var (folder, forms) in CommandTable.Folders)
            Section($"Control commands: {folder.ToLowerInvariant()}", forms.Select(form => ($"`{form.Usage}`", form.Summary)));
        return text.ToString();

        void Section(string title, IEnumerable<(string Name, string Summary)> rows)
        {
            text.Append($"\n### {title}\n\n| | |\n|---|---|\n");
            foreach (var (name, summary) in rows) text.Append($"| {name.Replace("|", "\\|", StringComparison.Ordinal)} | {summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }
}
