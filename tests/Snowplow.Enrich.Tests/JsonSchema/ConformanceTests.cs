using System.Text;
using System.Text.Json;
using Snowplow.Enrich.JsonSchema;
using Xunit.Abstractions;

namespace Snowplow.Enrich.Tests.JsonSchema;

/// <summary>The official JSON-Schema-Test-Suite for draft-04: every required and every optional case.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private const string SuiteFolder = "json-schema";

    [SharedFact(SuiteFolder)]
    public void Validator_OnRequiredCases_AgreesWithAll() => RunFolder("draft4", 600);

    [SharedFact(SuiteFolder)]
    public void Validator_OnOptionalCases_AgreesWithAll() => RunFolder("draft4/optional", 90);

    [SharedFact(SuiteFolder)]
    public void Validator_OnFormatCases_AgreesWithAll() => RunFolder("draft4/optional/format", 100);

    private void RunFolder(string folder, int atLeast)
    {
        var library = Remotes();
        var disagreements = new List<string>();
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedFiles.Folder(SuiteFolder), folder), "*.json").Order())
        {
            using var groups = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var group in groups.RootElement.EnumerateArray())
                count += RunGroup($"{Path.GetFileName(file)}: {group.GetProperty("description")}", group, library, disagreements);
        }

        output.WriteLine($"{count} cases in {folder}");
        disagreements.ShouldBeEmpty();
        count.ShouldBeGreaterThan(atLeast);
    }

    private static int RunGroup(
        string name, JsonElement group, IReadOnlyDictionary<string, byte[]> library, List<string> disagreements)
    {
        var tests = group.GetProperty("tests").EnumerateArray().ToList();
        if (!CompiledSchema.TryCompile(Raw(group.GetProperty("schema")), library, out var schema, out var issues))
        {
            disagreements.Add($"{name}: does not compile: {issues[0]}");
            return tests.Count;
        }

        foreach (var test in tests)
        {
            var data = Raw(test.GetProperty("data"));
            var expected = test.GetProperty("valid").GetBoolean();
            var reports = schema.Validate(data);
            if (schema.IsValid(data) != expected || reports.Count == 0 != expected)
                disagreements.Add($"{name}: {test.GetProperty("description")} should be {expected}: {string.Join("; ", reports)}");
        }

        return tests.Count;
    }

    private static Dictionary<string, byte[]> Remotes()
    {
        var folder = Path.Combine(SharedFiles.Folder(SuiteFolder), "remotes");
        var remotes = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).ToDictionary(
            file => $"http://localhost:1234/{Path.GetRelativePath(folder, file).Replace('\\', '/')}", File.ReadAllBytes);
        foreach (var (uri, document) in Draft04.Library)
            remotes.Add(uri, document);
        return remotes;
    }

    private static byte[] Raw(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
