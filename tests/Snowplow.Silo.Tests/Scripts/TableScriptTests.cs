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
    public void Scripts_OfViews_AreAllOfTables()
    {
        var written = TableScripts.All().Select(script => script.File).Append("views/events_once.kql").Order(StringComparer.Ordinal);
        var folder = Repository.Path("infra", "kusto");

        Directory.EnumerateFiles(Path.Combine(folder, "views")).Select(file => $"views/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)
            .ShouldBe(written.Where(file => file.StartsWith("views/", StringComparison.Ordinal)));
    }
}
