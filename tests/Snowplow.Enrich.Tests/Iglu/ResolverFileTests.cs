using Snowplow.Enrich.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>Snowplow's resolver.json as configuration.</summary>
public sealed class ResolverFileTests : IDisposable
{
    private const string Central = """{"name":"Iglu Central","priority":0,"vendorPrefixes":["com.snowplowanalytics"],"connection":{"http":{"uri":"http://iglucentral.com"}}}""";

    private readonly RegistryFolder _folder = new();

    [Fact]
    public void Options_WithAFile_HaveItsRegistriesBehindTheirOwnAndItsCache()
    {
        _folder.Add("iglu:com.acme/x/jsonschema/1-0-0", "{}");
        var own = new RegistryOptions { Name = "Own", Folder = _folder.Path };
        var options = new IgluOptions { Registries = [own], Resolver = Write("1-0-3", $$"""
            {"cacheSize": 700, "cacheTtl": 60, "repositories": [
              {{Central}},
              {"name":"Client","priority":0,"vendorPrefixes":[],"connection":{"embedded":{"path":"/iglu-client-embedded"} } },
              {"name":"Static","priority":1,"vendorPrefixes":[],"connection":{"embedded":{"path":"."} } },
              {"name":"Acme","priority":5,"vendorPrefixes":["com.acme"],"connection":{"http":{"uri":"https://iglu.acme.com/api","apikey":"secret"} } }, // ours
            ]}
            """) };
        options.Validate().ShouldBeEmpty();
        var merged = options.WithResolver();
        merged.Registries.Select(registry => (registry.Name, registry.Priority, registry.Folder, registry.Uri?.AbsoluteUri, registry.ApiKey)).ShouldBe(
        [
            ("Own", 0, _folder.Path, null, null),
            ("Iglu Central", 0, null, "http://iglucentral.com/", null),
            ("Static", 1, _folder.Path, null, null),
            ("Acme", 5, null, "https://iglu.acme.com/api", "secret"),
        ]);
        merged.Registries[3].VendorPrefixes.ShouldBe(["com.acme"]);
        merged.CacheSize.ShouldBe(700);
        merged.CacheTtl.ShouldBe(TimeSpan.FromMinutes(1));
    }

    // version | data | the size | the age in seconds; an age that is not given leaves the default
    [Theory]
    [InlineData("1-0-0", """{"cacheSize":500,"repositories":[]}""", 500, 600)]
    [InlineData("1-0-1", """{"cacheSize":0,"repositories":[]}""", 1, 600)]
    [InlineData("1-0-2", """{"cacheSize":5.5,"cacheTtl":null,"repositories":[]}""", 5, 600)]
    [InlineData("1-0-3", """{"cacheSize":500,"cacheTtl":0,"repositories":[]}""", 500, 1)]
    [InlineData("1-0-9", """{"cacheSize":500,"cacheTtl":30,"repositories":[]}""", 500, 30)]
    public void File_OfEachVersion_IsRead(string version, string data, int cacheSize, int ageSeconds)
    {
        var options = new IgluOptions { Resolver = Write(version, data) };
        options.Validate().ShouldBeEmpty();
        options.WithResolver().CacheSize.ShouldBe(cacheSize);
        options.WithResolver().CacheTtl.ShouldBe(TimeSpan.FromSeconds(ageSeconds));
    }

    // the file | what is wrong with it, behind its path
    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "must be self-describing JSON")]
    [InlineData("""{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{}}""", "schema: must be iglu:com.snowplowanalytics.iglu/resolver-config/jsonschema/1-0-*, but is 'iglu:com.acme/x/jsonschema/1-0-0'")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.iglu/resolver-config/jsonschema/1-0-3","data":{"repositories":[]}}""", "cacheSize")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.iglu/resolver-config/jsonschema/1-0-0","data":{"cacheSize":1,"repositories":[{"name":"A","priority":0,"vendorPrefixes":[],"connection":{"http":{"uri":"http://a","apikey":"x"}}}]}}""", "data.repositories[0].connection")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.iglu/resolver-config/jsonschema/1-0-3","data":{"cacheSize":1,"repositories":[{"name":"A","priority":"0","vendorPrefixes":[],"connection":{"http":{"uri":"http://a"}}}]}}""", "data.repositories[0].priority")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.iglu/resolver-config/jsonschema/1-0-3","data":{"cacheSize":1,"repositories":[{"name":"A","priority":0,"vendorPrefixes":[],"connection":{"http":{"uri":"ftp://a"}}}]}}""", "data.repositories[0]: Registry 'A' has the URI 'ftp://a/'")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.iglu/resolver-config/jsonschema/1-0-3","data":{"cacheSize":1,"repositories":[{"name":"A","priority":0,"vendorPrefixes":[],"connection":{"embedded":{"path":"nowhere"}}}]}}""", "data.repositories[0].connection.embedded.path")]
    public void File_ThatIsWrong_IsRefusedByFileAndField(string json, string expected)
    {
        var file = Path.Combine(_folder.Path, "resolver.json");
        File.WriteAllText(file, json);
        var options = new IgluOptions { Resolver = file };
        var error = options.Validate().First();
        error.ShouldStartWith($"Iglu:Resolver: {file}: ");
        error.ShouldContain(expected);
        options.WithResolver().Registries.ShouldBeEmpty();
    }

    [Fact]
    public void File_ThatIsNotThere_IsRefused() =>
        new IgluOptions { Resolver = Path.Combine(_folder.Path, "none.json") }.Validate().ShouldHaveSingleItem().ShouldContain("cannot be read");

    private string Write(string version, string data)
    {
        var file = Path.Combine(_folder.Path, "resolver.json");
        File.WriteAllText(file, $$"""{"schema":"iglu:com.snowplowanalytics.iglu/resolver-config/jsonschema/{{version}}","data":{{data}} }""");
        return file;
    }

    public void Dispose() => _folder.Dispose();
}
