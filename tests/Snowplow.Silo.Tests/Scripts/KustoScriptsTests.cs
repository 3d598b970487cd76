namespace Snowplow.Silo.Tests.Scripts;

/// <summary>The analyses that come with the program, and the user's own, by <c>snowplow query</c> and in a server.</summary>
public sealed class KustoScriptsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public KustoScriptsTests()
    {
        Directory.CreateDirectory(_folder.File("data/enriched"));
        Directory.CreateDirectory(_folder.File("own/deeper"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Analyses_OverADataFolder_AreThereByName()
    {
        var (exitCode, output, told) = await Query("realtime | summarize minutes = count(), events = sum(event_count)");

        exitCode.ShouldBe(0, told);
        output.ShouldBe("minutes,events\n30,0\n");
    }

    [Fact]
    public async Task Tables_OverADataFolder_AreDescribed()
    {
        var (exitCode, output, told) = await Query(".show tables | where TableName in ('sessions', 'sessions_rows', 'events', 'event_keys') | project TableName, Folder, DocString");

        exitCode.ShouldBe(0, told);
        output.ShouldBe("""
            TableName,Folder,DocString
            events,Tables,"An enriched event, once; without those of forgotten people."
            sessions,Tables,A visit. Rows with merged_into are of sessions that are no more.

            """);
    }

    [Fact]
    public async Task OwnScripts_StandBesideAndInThePlaceOfThoseOfTheProgram()
    {
        await File.WriteAllTextAsync(_folder.File("own/a.kql"), ".create-or-alter function mine(n:long) { range x from 1 to n step 1 }\n");
        await File.WriteAllTextAsync(_folder.File("own/deeper/b.kql"), "// Another one of that name\n.create-or-alter function realtime() { mine(3) | where x > 1 }\n");

        var (exitCode, output, told) = await Query("realtime | count", "--scripts", "own");

        exitCode.ShouldBe(0, told);
        output.ShouldBe("Count\n2\n");
    }

    [Fact]
    public async Task OwnScript_WithAnError_IsToldWithItsFileAndLine()
    {
        await File.WriteAllTextAsync(_folder.File("own/a.kql"), "// Mine\n.create-or-alter function mine() {\n    sessions | where nothing > 1\n}\n");

        var (exitCode, _, told) = await Query("print 1", "--scripts", "own");

        exitCode.ShouldBe(1);
        told.ShouldContain($"{Path.Combine("own", "a.kql")}, line 3, column 22: Failed to resolve column or scalar expression named 'nothing'");
    }

    [LinuxFact]
    public async Task Server_WithScripts_AnswersByThem()
    {
        await File.WriteAllTextAsync(_folder.File("own/a.kql"), ".create-or-alter function mine() { print answer = 42 }\n");
        await using var server = SnowplowProcess.Start(_folder.Path, "serve", "--data", "data", "--urls", "http://127.0.0.1:0", "--Kusto:Scripts=own");

        var (exitCode, output, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, "query", "mine | union (realtime | count)", "--url", await server.AddressAsync(), "--format", "csv");

        exitCode.ShouldBe(0, told);
        output.ShouldBe("answer,Count\n42,\n,30\n");
    }

    private Task<(int ExitCode, string Output, string Told)> Query(string query, params string[] more) =>
        SnowplowProcess.FilterAsync(_folder.Path, default, ["query", query, "--data", "data", "--format", "csv", .. more]);
}
