using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Harness;
using Snowplow.EndToEnd.Tests.Trackers;

namespace Snowplow.EndToEnd.Tests.Kusto;

/// <summary>The scripts for Data Explorer, read by Microsoft's own language service as it reads what users type there.</summary>
public sealed class KustoLanguageTests : IDisposable
{
    private static readonly string[] Order = ["tables", "views", "functions", "policies.kql", "analyses"];

    // The service is C# that was made into JavaScript, and binds functions anew wherever they are called.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snowplow-kusto-");

    public void Dispose() => _folder.Delete(recursive: true);

    [NeedsFact(Tool.Node)]
    public async Task Scripts_AreWithoutAFaultToDataExplorersLanguage()
    {
        var told = await ReadAsync(Path.Combine(Path.GetDirectoryName(Built.Executable)!, "kusto"));

        told.SkipLast(1).Select(fault => fault.ToJsonString()).ShouldBeEmpty();
        ((int)told[^1]["commands"]!).ShouldBeGreaterThan(140);
        ((int)told[^1]["examples"]!).ShouldBeGreaterThan(20);
    }

    [NeedsFact(Tool.Node)]
    public async Task Script_WithAFault_IsNoticed()
    {
        foreach (var part in Order.Where(part => !part.EndsWith(".kql", StringComparison.Ordinal))) _folder.CreateSubdirectory(part);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "policies.kql"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "tables", "t.kql"), ".create-merge table T (a:long)\n");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "analyses", "f.kql"), "// Example: f | where b > 1\n.create-or-alter function with (folder = 'x')\nf()\n{\n    T | where c > 1\n}\n");

        var told = await ReadAsync(_folder.FullName);

        told.SkipLast(1).Select(fault => $"{fault["file"]}: {fault["message"]}").ShouldBe(
        [
            "analyses/f.kql: The name 'c' does not refer to any known column, table, variable or function.",
            "analyses/f.kql: The name 'b' does not refer to any known column, table, variable or function.",
        ]);
    }

    private static async Task<List<JsonNode>> ReadAsync(string folder)
    {
        await NodeClients.InstallAsync();
        var output = await ChildProcess.RunAsync("node", [Path.Combine("node", "kusto-language.js"), folder, .. Order], Built.Clients, Patience);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
