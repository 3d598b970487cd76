using Snowplow.Azure.DataExplorer;
using Snowplow.Storage.Tests.Blobs;

namespace Snowplow.Azure.Tests.DataExplorer;

public sealed class DatabaseScriptsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "kusto");
    private readonly MemoryBlobStore _blobs = new(canTruncate: false);

    [Fact]
    public async Task Scripts_RunOnce_TablesBeforeViewsBeforeFunctionsBeforePoliciesBeforeAnalyses()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);

        (await ScriptsOn(kusto).ApplyAsync(default)).ShouldBeTrue();
        (await ScriptsOn(kusto).ApplyAsync(default)).ShouldBeFalse();

        var commands = kusto.Commands.ToList();
        var files = Directory.GetFiles(Folder, "*.kql", SearchOption.AllDirectories);
        commands.Count.ShouldBe(files.Length + 1);
        foreach (var file in files) commands.ShouldContain(command => command.EndsWith(File.ReadAllText(file), StringComparison.Ordinal));
        int At(string text) => commands.FindIndex(command => command.Contains(text, StringComparison.Ordinal));
        At(".create-merge table sessions_rows").ShouldBeInRange(0, At("materialized-view") - 1);
        At("policy retention").ShouldBeGreaterThan(At("materialized-view"));
        commands[^1].ShouldContain("extent_tags_retention");
    }

    [Fact]
    public async Task Scripts_OnAnotherDatabase_RunAgain()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        await ScriptsOn(kusto).ApplyAsync(default);
        (await ScriptsOn(kusto, "other").ApplyAsync(default)).ShouldBeTrue();
        (await ScriptsOn(kusto).ApplyAsync(default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Scripts_OfAnOlderVersion_NeverRunOverNewerOnes()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        using var older = new ScriptFolder(version: 3, ".show one");
        using var newer = new ScriptFolder(version: 10, ".show two");
        using var sameVersion = new ScriptFolder(version: 10, ".show three");
        var applied = new List<bool>();
        foreach (var folder in new[] { older, newer, older, newer, sameVersion, newer, older }) applied.Add(await ScriptsOn(kusto, folder: folder.Path).ApplyAsync(default));
        applied.ShouldBe([true, true, false, false, true, true, false]);
        kusto.Commands.Where(command => command.Contains(".show", StringComparison.Ordinal)).Select(command => command.Split(' ')[^1]).ShouldBe(["one", "two", "three", "two"]);
    }

    [Fact]
    public async Task Scripts_ThatFail_AreRunAgain()
    {
        await using var kusto = await FakeKusto.StartAsync(_blobs);
        kusto.Faults = 100;
        (await Should.ThrowAsync<KustoException>(() => ScriptsOn(kusto).ApplyAsync(default))).Message.ShouldContain("Try again");
        kusto.Faults = 0;
        (await ScriptsOn(kusto).ApplyAsync(default)).ShouldBeTrue();
    }

    private DatabaseScripts ScriptsOn(FakeKusto kusto, string database = "snowplow", string? folder = null)
    {
        var options = new DataExplorerOptions { Cluster = kusto.Url, Database = database };
        return new DatabaseScripts(folder ?? Folder, _blobs, new KustoClient(new HttpClient(), options, null), options);
    }
}
