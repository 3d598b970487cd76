namespace Snowplow.Silo.Tests.Kusto;

/// <summary>What commands make of a running server's database, and what of it is there after a restart.</summary>
public sealed class ServerDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task TablesAndFunctions_ThatCommandsMade_AreThereAfterARestart()
    {
        await WithServerAsync(async url =>
        {
            await Answer(url, ".create table customers (id:long, name:string) with (docstring = 'Who buys')");
            await Answer(url, ".ingest inline into table customers <|\n1,Ada\n2,\"Bob, the second\"\n\n.set-or-append customers <| print 3, 'Cy'");
            await Answer(url, ".create-or-alter function with (docstring = 'It\\'s \"x\"') named(n:string) { customers | where name startswith n }");
            await Answer(url, ".create-or-alter materialized-view V on table customers { customers | summarize arg_max(id, *) by name }");
            await Answer(url, ".create-merge table customers (city:string)");
            await Answer(url, ".alter-merge table customers policy retention softdelete = 30d");
            await Answer(url, ".set gone <| print x = 1");
            await Answer(url, ".set remade <| print x = 1\n.drop table gone");
            await Answer(url, ".drop table remade\n.create table remade (y:string)\n.ingest inline into table remade <| z");
            (await Answer(url, "customers | where id > 1")).ShouldBe("id,name,city\n2,\"Bob, the second\",\n3,Cy,\n");
        });

        await WithServerAsync(async url =>
        {
            (await Answer(url, "named('B') | union (V | where id == 3) | project id")).ShouldBe("id\n2\n3\n");
            (await Answer(url, ".show tables | where Folder == '' | project TableName, DocString")).ShouldBe("TableName,DocString\ncustomers,Who buys\nremade,\n");
            (await Answer(url, "remade")).ShouldBe("y\nz\n");
            (await Answer(url, ".show function named | project DocString")).ShouldBe("DocString\n\"It's \"\"x\"\"\"\n");
            (await Answer(url, ".show table customers policy retention | project Policy")).ShouldBe("Policy\n\"{\"\"SoftDeletePeriod\"\":\"\"30.00:00:00\"\"}\"\n");
            await Answer(url, ".ingest inline into table customers <| 4,Di,Rome");
        });

        // Beside a server, or without one, the folder says the same.
        Directory.CreateDirectory(_folder.File("data/enriched"));
        var (exitCode, output, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, "query", "named('D')", "--data", "data", "--format", "csv");
        exitCode.ShouldBe(0, told);
        output.ShouldBe("id,name,city\n4,Di,Rome\n");
    }

    [LinuxFact]
    public async Task Files_OfQueries_AreInTheDataFolder() => await WithServerAsync(async url =>
    {
        (await Answer(url, ".export to tsv ('deeper/x.tsv') <| print a = 1, b = 'x y'")).ShouldContain("x.tsv,1,6");

        File.ReadAllText(_folder.File("data/kusto/files/deeper/x.tsv")).ShouldBe("1\tx y\n");
        (await Answer(url, "externaldata (a:long, b:string) ['deeper/x.tsv']")).ShouldBe("a,b\n1,x y\n");
        (await Query(url, "externaldata (key:string) ['../../api-key']")).Told.ShouldContain("files are read and written below");
    });

    [LinuxFact]
    public async Task Commands_OfWhichOneFails_ChangeNothing() => await WithServerAsync(async url =>
    {
        var (exitCode, _, told) = await Query(url, ".create table T (a:long)\n.ingest inline into table T <| 1\n\n.drop table nothing");

        exitCode.ShouldBe(1);
        told.ShouldContain("nothing");
        (await Answer(url, ".show tables | where TableName == 'T' | count")).ShouldBe("Count\n0\n");
        (await Query(url, ".drop table sessions")).Told.ShouldContain("'sessions' is one of the platform's");
    });

    [LinuxFact]
    public async Task Commands_ThatCannotBeWritten_SaySoChangeNothingAndWorkOnceTheyCan() => await WithServerAsync(async url =>
    {
        await Answer(url, ".set kept <| print x = 1");
        // A folder where the manifest's next version goes.
        var inTheWay = Directory.CreateDirectory(_folder.File("data/warehouse/manifest.json.new"));

        var (exitCode, _, told) = await Query(url, ".set T <| print x = 1\n.set-or-append kept <| print x = 2");

        exitCode.ShouldBe(1);
        told.ShouldContain("manifest.json' cannot be written");
        (await Answer(url, ".show tables | where TableName == 'T' | count")).ShouldBe("Count\n0\n");
        (await Answer(url, "kept")).ShouldBe("x\n1\n");

        inTheWay.Delete();
        await Answer(url, ".set T <| print x = 1\n.set-or-append kept <| print x = 2");
        (await Answer(url, "kept | union T | order by x asc")).ShouldBe("x\n1\n1\n2\n");
    });

    [LinuxFact]
    public async Task Catalog_OfACrashBetweenItsTwoFiles_IsTheOneThatTheWarehouseHas()
    {
        await WithServerAsync(async url => await Answer(url, ".set T <| print x = 1\n.create-or-alter function f() { print 2 }"));
        var script = _folder.File("data/kusto/catalog.kql");
        Directory.CreateDirectory(_folder.File("data/enriched"));
        // As if it had died before the new one took the place of an older one.
        File.Move(script, $"{script}.next");
        await File.WriteAllTextAsync(script, ".create-or-alter function f() { print 'old' }\n");
        (await Offline("f")).ShouldBe("print_0\n2\n");
        await WithServerAsync(async url => (await Answer(url, "f")).ShouldBe("print_0\n2\n"));
        File.Exists($"{script}.next").ShouldBeFalse();

        // As if it had died before the warehouse had the rows.
        await File.WriteAllTextAsync($"{script}.next", ".create table U (a:long)\n");
        (await Offline("f")).ShouldBe("print_0\n2\n");
        await WithServerAsync(async url => (await Answer(url, ".show tables | where TableName == 'U' | count")).ShouldBe("Count\n0\n"));
        File.Exists($"{script}.next").ShouldBeFalse();
    }

    private async Task<string> Offline(string query)
    {
        var (exitCode, output, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, "query", query, "--data", "data", "--format", "csv");
        exitCode.ShouldBe(0, told);
        return output;
    }

    private async Task WithServerAsync(Func<string, Task> work)
    {
        await using var server = SnowplowProcess.Start(_folder.Path, "serve", "--data", "data", "--urls", "http://127.0.0.1:0");
        await work(await server.AddressAsync());
    }

    private async Task<string> Answer(string url, string text)
    {
        var (exitCode, output, told) = await Query(url, text);
        exitCode.ShouldBe(0, $"{text}\n{told}");
        return output;
    }

    private async Task<(int ExitCode, string Output, string Told)> Query(string url, string text) =>
        await SnowplowProcess.FilterAsync(_folder.Path, default, "query", text, "--url", url, "--format", "csv");
}
