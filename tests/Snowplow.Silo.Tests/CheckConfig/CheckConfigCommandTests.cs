using System.Text.Json;

namespace Snowplow.Silo.Tests.CheckConfig;

public sealed class CheckConfigCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task CheckConfig_WhenAllIsRight_PrintsTheEffectiveConfigurationWithoutSecrets()
    {
        Directory.CreateDirectory(_folder.File("enrichments"));
        await File.WriteAllTextAsync(_folder.File("appsettings.json"), """
            {"Snowplow":{"ApiKey":"very-secret-key-123"},"Collector":{"MaxBodyBytes":1000},
             "Iglu":{"Registries":[{"Name":"own","Uri":"http://user:hidden@iglu.example.com","ApiKey":"another-secret"}]}}
            """);
        await File.WriteAllTextAsync(_folder.File("enrichments/campaigns.json"), """
            {"schema":"iglu:com.snowplowanalytics.snowplow/campaign_attribution/jsonschema/1-0-1","data":{"name":"campaign_attribution","vendor":"com.snowplowanalytics.snowplow",
             "enabled":true,"parameters":{"mapping":"static","fields":{"mktMedium":["utm_medium"],"mktSource":["utm_source"],"mktTerm":[],"mktContent":[],"mktCampaign":["utm_campaign"]}}}}
            """);

        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(_folder.Path, default, "check-config", "--enrichments", "enrichments");

        exitCode.ShouldBe(0, error);
        var json = JsonDocument.Parse(output).RootElement;
        json.GetProperty("Collector").GetProperty("MaxBodyBytes").GetInt32().ShouldBe(1000);
        json.GetProperty("Collector").GetProperty("MaxConnections").GetInt32().ShouldBe(20_000);
        json.GetProperty("Iglu").GetProperty("Registries")[0].GetProperty("Uri").GetString()!.ShouldStartWith("http://***@iglu.example.com");
        json.GetProperty("Enrichments").GetProperty("campaigns.json").GetProperty("data").GetProperty("enabled").GetBoolean().ShouldBeTrue();
        output.ShouldNotContain("secret");
        output.ShouldNotContain("hidden");
    }

    [Fact]
    public async Task CheckConfig_OfScriptsWithFaults_TellsTheirPlaces()
    {
        Directory.CreateDirectory(_folder.File("own/deeper"));
        await File.WriteAllTextAsync(_folder.File("own/a.kql"), ".create-or-alter function good(n:long) { range x from 1 to n step 1 }\n");
        await File.WriteAllTextAsync(_folder.File("own/b.kql"), "// Mine\n.create-or-alter function mine() {\n\tsessions | where nothing > 1\n}\n");
        await File.WriteAllTextAsync(_folder.File("own/deeper/c.kql"), ".create-or-alter function other() { good(1 }\n");
        await File.WriteAllTextAsync(_folder.File("own/deeper/d.kql"), ".create-or-alter function fine() { good(3) | count }\n");

        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(_folder.Path, default, "check-config", "--Kusto:Scripts=own", "--Kusto:Files=nowhere");

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain($"{Path.Combine("own", "b.kql")}, line 3, column 19: Failed to resolve column or scalar expression named 'nothing'");
        error.ReplaceLineEndings("\n").ShouldContain("\n  \tsessions | where nothing > 1\n  \t                 ^^^^^^^\n");
        error.ShouldContain($"{Path.Combine("own", "deeper", "c.kql")}, line 1, column ");
        error.ShouldContain("there is no 'nowhere'");
        error.ShouldNotContain("a.kql");
        error.ShouldNotContain("d.kql");
        File.Delete(_folder.File("own/b.kql"));
        File.Delete(_folder.File("own/deeper/c.kql"));
        (await SnowplowProcess.FilterAsync(_folder.Path, default, "check-config", "--Kusto:Scripts=own")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task CheckConfig_WhenMuchIsWrong_ListsAllOfIt()
    {
        Directory.CreateDirectory(_folder.File("enrichments"));
        await File.WriteAllTextAsync(_folder.File("enrichments/broken.json"), "{");
        await File.WriteAllTextAsync(_folder.File("enrichments/unknown.json"), """{"schema":"iglu:com.acme/magic/jsonschema/1-0-0","data":{}}""");

        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(
            _folder.Path, default, "check-config", "--enrichments", "enrichments", "--iglu", "nowhere",
            "--Iglu:CacheSize=0", "--Collector:MaxBodyBytes=x", "--Snowplow:Roles=reporter", "--urls=nonsense");

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var fault in (string[])["broken.json", "unknown.json: schema:", "'nowhere'", "Iglu:CacheSize", "Collector:MaxBodyBytes", "'reporter' is no role", "urls:"])
            lines.Count(line => line.Contains(fault, StringComparison.Ordinal)).ShouldBe(1, fault);
    }

    public void Dispose() => _folder.Dispose();
}
