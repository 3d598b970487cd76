using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Silo.Tests.Documents;

namespace Snowplow.Silo.Tests.Scripts;

/// <summary>The analyses of <c>infra/kusto</c> over small tables, with results that were computed by hand.</summary>
public sealed class AnalysisTests
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Scripts", "Analyses");

    private static readonly QueryOptions Options = new() { Workers = 2, Now = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc) };

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Cases, "*.txt").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Analysis_GivesWhatWasComputedByHand(string file)
    {
        var cases = AnalysisCase.Read(Path.Combine(Cases, file));
        var engine = new KqlEngine(cases.Database());
        cases.Queries.ShouldNotBeEmpty();

        foreach (var (query, expected) in cases.Queries) Lines(engine, query).ShouldBe(expected, query);
    }

    [Fact]
    public void EveryExample_IsAnswered()
    {
        var engine = new KqlEngine(new Database(KustoScripts.Platform, KustoScripts.Load(KustoScripts.Platform, [], null)));
        var examples = Directory.EnumerateFiles(Repository.Path("infra", "kusto", "analyses")).SelectMany(File.ReadLines).Where(line => line.StartsWith("// Example: ", StringComparison.Ordinal)).ToList();

        foreach (var example in examples) engine.Run(example[12..], Options).ShouldNotBeEmpty(example);
        examples.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void EveryAnalysis_HasCasesOfItsOwn() =>
        Directory.EnumerateFiles(Repository.Path("infra", "kusto", "analyses")).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
            .ShouldBe(Directory.EnumerateFiles(Cases, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(KqlEngine engine, string query)
    {
        var result = engine.Run(query, Options).ShouldHaveSingleItem();
        return result.Rows().Select(row => string.Join(" | ", row.Select(Text))).Prepend(string.Join(" | ", result.Columns.Select(column => column.Name)));
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        "" => "\"\"",
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        _ => ResultJson.Text(value),
    };
}
