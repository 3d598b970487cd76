using System.Text.Json.Nodes;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.Tests.Mmdb;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments;

public sealed class IpLookupTests : IDisposable
{
    private const string Schema = "com.snowplowanalytics.snowplow/ip_lookups/2-0-1";

    private readonly EnrichmentFiles _files = new();

    [Fact]
    public async Task Address_InAllDatabases_FillsItsColumns()
    {
        Save("GeoLite2-City.mmdb", """
            {"country":{"iso_code":"GB"},"subdivisions":[{"iso_code":"ENG","names":{"en":"England"}},{"iso_code":"WBK","names":{"en":"West Berkshire"}}],
             "city":{"names":{"de":"Boxfurt","en":"Boxford"}},"postal":{"code":"OX1"},"location":{"latitude":51.75,"longitude":-1.25,"time_zone":"Europe/London"}}
            """);
        Save("GeoIP2-ISP.mmdb", """{"isp":"Andrews & Arnold Ltd","organization":"STONEHOUSE office network"}""");
        Save("GeoIP2-Domain.mmdb", """{"domain":"in-addr.arpa"}""");
        Save("GeoIP2-Connection-Type.mmdb", """{"connection_type":"Cable/DSL"}""");
        Save("GeoLite2-ASN.mmdb", """{"autonomous_system_number":15169,"autonomous_system_organization":"Google \"Inc.\""}""");
        Configure("geo:GeoLite2-City", "isp:GeoIP2-ISP", "domain:GeoIP2-Domain", "connectionType:GeoIP2-Connection-Type", "asn:GeoLite2-ASN");
        using var harness = new Harness(_files.Options);

        var e = (await harness.ProcessAsync(Request("192.0.2.77"))).Event;

        (EventField Field, string Text)[] expected =
        [
            (EventField.GeoCountry, "GB"), (EventField.GeoRegion, "WBK"), (EventField.GeoRegionName, "West Berkshire"), (EventField.GeoCity, "Boxford"),
            (EventField.GeoZipcode, "OX1"), (EventField.GeoLatitude, "51.75"), (EventField.GeoLongitude, "-1.25"), (EventField.GeoTimezone, "Europe/London"),
            (EventField.IpIsp, "Andrews & Arnold Ltd"), (EventField.IpOrganization, "STONEHOUSE office network"), (EventField.IpDomain, "in-addr.arpa"),
            (EventField.IpNetspeed, "Cable/DSL"),
        ];
        foreach (var (field, text) in expected) e.Text(field).ShouldBe(text);
        e.Text(EventField.DerivedContexts).ShouldBe(
            """{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{"schema":"iglu:com.snowplowanalytics.snowplow/asn/jsonschema/1-0-1","data":{"number":15169,"organization":"Google \"Inc.\""}}]}""");
    }

    [Theory]
    [InlineData("198.51.100.1")]
    [InlineData("unknown")]
    [InlineData("2001:db8::1")]
    public async Task Address_InNoDatabase_ChangesNothing(string address)
    {
        Save("GeoLite2-City.mmdb", """{"country":{"iso_code":"GB"}}""");
        Configure("geo:GeoLite2-City");
        using var harness = new Harness(_files.Options);
        (await harness.ProcessAsync(Request(address))).Event.Text(EventField.GeoCountry).ShouldBeNull();
    }

    [Fact]
    public async Task Record_OfTheFlatLayout_FillsTheSameColumns()
    {
        Save("GeoLite2-City.mmdb", """{"country_code":"NZ","city":"Napier","state1":"Hawke's Bay","postcode":"4110","latitude":-39.5,"longitude":177.0,"timezone":"Pacific/Auckland"}""");
        Configure("geo:GeoLite2-City");
        using var harness = new Harness(_files.Options);
        var e = (await harness.ProcessAsync(Request("192.0.2.1:4711"))).Event;
        (e.Text(EventField.GeoCountry), e.Text(EventField.GeoCity), e.Text(EventField.GeoRegionName), e.Text(EventField.GeoLongitude)).ShouldBe(("NZ", "Napier", "Hawke's Bay", "177.0"));
    }

    [Theory]
    [InlineData(null, "parameters.geo: the file")]
    [InlineData("damaged", "it is no MaxMind database")]
    public void Database_ThatCannotBeUsed_RefusesTheStart(string? content, string expected)
    {
        if (content is not null) _files.AddFile("GeoLite2-City.mmdb", content);
        Configure("geo:GeoLite2-City");
        Should.Throw<EnrichmentConfigException>(() => new Harness(_files.Options)).Message.ShouldContain(expected);
    }

    [SharedFact("geo")]
    public async Task Address_OfMaxMindsTestDatabase_FillsItsColumns()
    {
        File.Copy(Path.Combine(SharedFiles.Folder("geo"), "GeoIP2-City-Test.mmdb"), Path.Combine(_files.Folder, "GeoIP2-City.mmdb"));
        Configure("geo:GeoIP2-City");
        using var harness = new Harness(_files.Options);
        var e = (await harness.ProcessAsync(Request("175.16.199.37"))).Event;
        (e.Text(EventField.GeoCountry), e.Text(EventField.GeoRegion), e.Text(EventField.GeoCity), e.Text(EventField.GeoLatitude), e.Text(EventField.GeoTimezone))
            .ShouldBe(("CN", "22", "Changchun", "43.88", "Asia/Harbin"));
    }

    // float | as Java writes it
    [Theory]
    [InlineData(37.4043f, "37.4043")]
    [InlineData(-122.0748f, "-122.0748")]
    [InlineData(38f, "38.0")]
    [InlineData(0f, "0.0")]
    [InlineData(0.001f, "0.001")]
    [InlineData(0.0001f, "1.0E-4")]
    [InlineData(12345678f, "1.2345678E7")]
    [InlineData(51.5142f, "51.5142")]
    public void Float_InAColumn_LooksAsJavaWritesIt(float value, string expected)
    {
        var fields = new EnrichedEventBuilder();
        fields.SetFloat(EventField.GeoLatitude, value);
        fields.GetText(EventField.GeoLatitude).ShouldBe(expected);
    }

    public void Dispose() => _files.Dispose();

    private static Snowplow.Events.Collector.CollectorPayload Request(string address) => Harness.PostPageView() with { IpAddress = address };

    private void Save(string name, string record) =>
        new MmdbWriter(28).Add("192.0.2.0/24", JsonNode.Parse(record)!).Save(Path.Combine(_files.Folder, name));

    // name:database
    private void Configure(params string[] databases) => _files.Add(Schema, $"{{{string.Join(',', databases.Select(Parameter))}}}");

    private string Parameter(string pair)
    {
        var (name, database) = (pair.Split(':')[0], pair.Split(':')[1]);
        return $"\"{name}\":{{\"database\":\"{database}.mmdb\",\"uri\":\"{new Uri(_files.Folder)}\"}}";
    }
}
