using Snowplow.Model;
using Snowplow.Silo.Tests.Forget;

namespace Snowplow.Silo.Tests.Query;

/// <summary><c>snowplow query --data</c> beside the server that writes the folder.</summary>
public sealed class QueryFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Query_OfTheFolderOfARunningServer_HasEachRowOnceInItsNewestVersion_AndNothingOfForgottenPeople()
    {
        await using var server = SnowplowProcess.Start(_folder.Path, "serve", "--data", Data, "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = new Uri(await server.AddressAsync()), Timeout = TimeSpan.FromSeconds(60) };
        await People.SendAsync(http, People.AnnAtHome, People.AnnOnThePhone, People.Bob, People.Bob);
        await UntilAsync("users | where total_events > 0 | count", "Count\n3\n");
        // A second version of Bob's rows.
        await People.SendAsync(http, People.Bob with { Id = "00000000-0000-4000-8000-0000000000b2", Title = "Shop" });
        await People.PostAsync(http, """{"e":"pv","p":"nowhere","tv":"t","duid":"bob"}""");
        await UntilAsync("sessions | where total_events == 2 | count", "Count\n1\n");
        await UntilAsync("bad_rows | extend kind = tostring(split(schema, '/')[1]) | project kind", "kind\nschema_violations\n");

        (await Query("events | summarize n = count(), titles = make_set(page_title) by domain_userid | order by domain_userid asc")).ShouldBe(
            "domain_userid,n,titles\nann-home,1,\"[\"\"Home\"\"]\"\nann-phone,1,\"[\"\"Home\"\"]\"\nbob,2,\"[\"\"Home\"\",\"\"Shop\"\"]\"\n");
        (await Query("users | join kind=inner sessions on user_key | project user_key, last_page_title, views | order by user_key asc")).ShouldBe(
            "user_key,last_page_title,views\nd:ann-home,Home,1\nd:ann-phone,Home,1\nd:bob,Shop,2\n");
        (await Query("identities | project identity, users")).ShouldBe("identity,users\nuser_id:ann@example.com,2\n");

        (await http.DeleteAsync(new Uri("/api/users/ann%40example.com", UriKind.Relative))).EnsureSuccessStatusCode();
        await UntilAsync("users | project user_key", "user_key\nd:bob\n");
        await UntilAsync("sessions | project user_key", "user_key\nd:bob\n");
        (await Query("events | summarize n = count() by domain_userid")).ShouldBe("domain_userid,n\nbob,2\n");
        (await Query("views | count")).ShouldBe("Count\n2\n");
        (await Query("user_mapping | count")).ShouldBe("Count\n0\n");
    }

    [Fact]
    public async Task EveryTable_OfAFolderWithoutRows_HasItsColumns()
    {
        Directory.CreateDirectory(Path.Combine(Data, "enriched"));
        foreach (var table in ModelTables.All)
        {
            (await Query($"{table.Name} | getschema | project ColumnName")).Split('\n').ShouldBe(["ColumnName", .. table.Columns.Select(column => column.Name), ""]);
            (await Query($"{table.Name} | count")).ShouldBe("Count\n0\n");
        }

        (await Query("events | count; bad_rows | count")).ShouldBe("Count\n0\n\nCount\n0\n");
    }

    [Fact]
    public async Task Query_OfWhatIsNoDataFolder_SaysSo()
    {
        var (exitCode, _, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, "query", "print 1", "--data", _folder.Path);
        exitCode.ShouldBe(1);
        told.ShouldContain("is no data folder of a server");
    }

    private async Task<string> Query(string query)
    {
        var (exitCode, output, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, "query", query, "--data", Data, "--format", "csv");
        exitCode.ShouldBe(0, told);
        return output;
    }

    private async Task UntilAsync(string query, string output)
    {
        for (var attempt = 0; await Query(query) != output; attempt++)
        {
            if (attempt == 100) (await Query(query)).ShouldBe(output);
            await Task.Delay(100);
        }
    }
}
