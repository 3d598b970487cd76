using Snowplow.Silo.Tests.Forget;

namespace Snowplow.Silo.Tests.Rebuild;

/// <summary><c>snowplow rebuild</c>: the warehouse made anew from what has landed.</summary>
public sealed class RebuildCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Rebuild_AfterDamageToAnExtent_HasWhatLandedAgain()
    {
        await using (var server = SnowplowProcess.Start(_folder.Path, "serve", "--data", Data, "--urls", "http://127.0.0.1:0"))
        {
            using var http = new HttpClient { BaseAddress = new Uri(await server.AddressAsync()) };
            await People.SendAsync(http, People.AnnAtHome, People.AnnOnThePhone, People.Bob, People.Bob);
            server.Interrupt();
            (await server.EndAsync()).ExitCode.ShouldBe(0);
        }

        var extents = Directory.GetFiles(Path.Combine(Data, "warehouse"), "*.extent");
        extents.ShouldNotBeEmpty("a server that stops writes what is in memory");
        (await Query("events | count")).Output.ShouldBe("Count\n3\n");
        foreach (var extent in extents) Damage(extent);

        var damaged = await Query("events | summarize count() by domain_userid");
        damaged.ExitCode.ShouldBe(1);
        damaged.Told.ShouldContain("'snowplow rebuild' makes it anew");
        var (exitCode, output, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, "rebuild", "--data", Data);
        exitCode.ShouldBe(0, told);
        output.ShouldStartWith("The warehouse holds 4 events that landed, loaded in ");
        (await Query("events | summarize n = count() by domain_userid | order by domain_userid asc")).Output.ShouldBe("domain_userid,n\nann-home,1\nann-phone,1\nbob,1\n");
        (await Query("users | count; sessions | count")).Output.ShouldBe("Count\n3\n\nCount\n3\n");
    }

    [LinuxFact]
    public async Task Check_OfADamagedTable_NamesItAndItIsMadeAnewAlone()
    {
        await using (var server = SnowplowProcess.Start(_folder.Path, "serve", "--data", Data, "--urls", "http://127.0.0.1:0"))
        {
            var url = await server.AddressAsync();
            using var http = new HttpClient { BaseAddress = new Uri(url) };
            await People.SendAsync(http, People.AnnAtHome, People.AnnOnThePhone, People.Bob, People.Bob);
            (await SnowplowProcess.FilterAsync(_folder.Path, default, "query", ".set notes <| print text = 'mine'", "--url", url)).ExitCode.ShouldBe(0);
            (await Rebuild("--check")).ExitCode.ShouldBe(0, "a server may be at work");
            server.Interrupt();
            (await server.EndAsync()).ExitCode.ShouldBe(0);
        }

        var well = await Rebuild("--check");
        well.ExitCode.ShouldBe(0, well.Told);
        well.Output.ShouldStartWith("All is well: ");
        (await Query(".show tables (events, notes) details | project TableName, TotalExtents, TotalRowCount, RowsInMemory, RecordsBehind, isnotnull(MinExtentsCreationTime), TotalExtentSize > 0")).Output
            .ShouldBe("TableName,TotalExtents,TotalRowCount,RowsInMemory,RecordsBehind,Column1,Column2\nevents,1,3,0,0,true,true\nnotes,1,1,0,,true,true\n");
        var id = (await Query(".show table events extents | project ExtentId")).Output.Split('\n')[1];
        var sessions = await Query(".show table sessions extents | project ExtentId");
        Damage(Path.Combine(Data, "warehouse", $"{id[^10..]}.extent"));

        var damaged = await Rebuild("--check");
        damaged.ExitCode.ShouldBe(1);
        damaged.Output.ShouldStartWith("Damaged: 1 files of events, ");
        damaged.Told.ShouldContain($"snowplow: {id[^10..]}.extent of 'events' is damaged: ");
        damaged.Told.ShouldContain("snowplow rebuild --table events");
        (await Rebuild("--check", "--table", "sessions")).ExitCode.ShouldBe(0);
        var (exitCode, output, told) = await Rebuild("--table", "events");
        exitCode.ShouldBe(0, told);
        output.ShouldStartWith("'events' holds 3 rows, loaded in ");
        (await Rebuild("--check")).ExitCode.ShouldBe(0);
        (await Query("events | count; users | count; notes")).Output.ShouldBe("Count\n3\n\nCount\n3\n\ntext\nmine\n");
        (await Query(".show table sessions extents | project ExtentId")).Output.ShouldBe(sessions.Output, "other tables are left alone");
    }

    [Theory]
    [InlineData("--table", "nothing", "'nothing' is no table that is made from files that landed. These are events, bad_rows, ")]
    [InlineData("--check", "", "There is no warehouse in ")]
    public async Task Rebuild_OfWhatIsNotThere_SaysSo(string option, string value, string told)
    {
        Directory.CreateDirectory(Data);

        var run = await Rebuild([option, .. value.Length == 0 ? Array.Empty<string>() : [value]]);

        run.ExitCode.ShouldBe(1);
        run.Told.ShouldContain(told);
    }

    [Fact]
    public async Task Rebuild_OfNoFolder_SaysSo()
    {
        var (exitCode, _, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, "rebuild", "--data", _folder.File("none"));
        exitCode.ShouldBe(1);
        told.ShouldContain("There is no data folder");
    }

    // Every byte but those of the footer.
    private static void Damage(string file)
    {
        var bytes = File.ReadAllBytes(file);
        for (var i = 64; i < bytes.Length / 2; i++) bytes[i] ^= 0x55;
        File.WriteAllBytes(file, bytes);
    }

    private async Task<(int ExitCode, string Output, string Told)> Rebuild(params string[] arguments) =>
        await SnowplowProcess.FilterAsync(_folder.Path, default, ["rebuild", "--data", Data, .. arguments]);

    private async Task<(int ExitCode, string Output, string Told)> Query(string query) =>
        await SnowplowProcess.FilterAsync(_folder.Path, default, "query", query, "--data", Data, "--format", "csv");
}
