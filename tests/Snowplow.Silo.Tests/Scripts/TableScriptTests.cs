using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Silo.Tests.Documents;

namespace Snowplow.Silo.Tests.Scripts;

/// <summary>Holds the scripts of tables in <c>infra/kusto</c> to the lists of columns. <c>SNOWPLOW_WRITE_DOCS=1</c> writes them there.</summary>
public sealed class TableScriptTests
{
    [Fact]
    public void Scripts_OfTables_AreThoseOfTheListsOfColumns()
    {
        var folder = Repository.Path("infra", "kusto");
        foreach (var (file, text) in TableScripts.All())
        {
            var path = Path.Combine(folder, file);
            if (Environment.GetEnvironmentVariable("SNOWPLOW_WRITE_DOCS") == "1") File.WriteAllText(path, text);
            else File.ReadAllText(path).ShouldBe(text, $"{file}: run this test with SNOWPLOW_WRITE_DOCS=1.");
        }
    }

    [Fact]
    public void Version_OfScripts_IsRaisedWhenTheyChange()
    {
        var folder = Repository.Path("infra", "kusto");
        var path = Path.Combine(folder, "version.json");
        var scripts = Directory.EnumerateFiles(folder, "*.kql", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(folder, file)}\n{File.ReadAllText(file)}\n");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(scripts))));
        var kept = JsonNode.Parse(File.ReadAllText(path))!;
        if ((string)kept["scripts"]! == hash) return;
        Environment.GetEnvironmentVariable("SNOWPLOW_WRITE_DOCS").ShouldBe("1", "The scripts have changed: run this test with SNOWPLOW_WRITE_DOCS=1, which raises their version.");
        File.WriteAllText(path, $$"""{"version": {{(int)kept["version"]! + 1}}, "scripts": "{{hash}}"}""" + "\n");
    }

    [Fact]
    public void Scripts_OfViews_AreAllOfTables()
    {
        var written = TableScripts.All().Select(script => script.File).Append("views/events_once.kql").Order(StringComparer.Ordinal);
        var folder = Repository.Path("infra", "kusto");

        Directory.EnumerateFiles(Path.Combine(folder, "views")).Select(file => $"views/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)
            .ShouldBe(written.Where(file => file.StartsWith("views/", StringComparison.Ordinal)));
    }
}
