using System.Net;
using Snowplow.Enrich.Enrichments.Iab;
using Snowplow.Enrich.Tests.Pipeline;

namespace Snowplow.Enrich.Tests.Enrichments.Iab;

public sealed class IabSpidersAndRobotsTests : IDisposable
{
    private const string Entity = "com.iab.snowplow/spiders_and_robots/1-0-0";
    private const string Config = "com.snowplowanalytics.snowplow.enrichments/iab_spiders_and_robots_enrichment/1-0-1";

    private const string Addresses = """
        # Robots' addresses
        192.0.2.7
        198.51.100.77/28
        2001:db8:bad::/48
        0.0.0.0/32
        """;

    private const string Robots = """
        # pattern|active|exceptions|one pass|impact|at start|inactive since
        Bot|1|Robotti, botany|1|2|0
        fetcher/|1||0|0|1|
        monitor|1||0|1|0
        retired|0||0|1|0|03/01/2026
        leaving|1||0|0|0|03/02/2026
        off|0||0|0|0
        """;

    private const string Browsers = """
        # pattern|active|at start|inactive since
        Mozilla/|1|1
        Opera|1|0
        Fetcher/|1|1
        Netscape|0|0|03/01/2026
        Mosaic|0|0|03/02/2026
        Disabled|0|0
        """;

    private const string Browser = """{"spiderOrRobot":false,"category":"BROWSER","reason":"PASSED_ALL","primaryImpact":"NONE"}""";
    private const string RobotAddress = """{"spiderOrRobot":true,"category":"SPIDER_OR_ROBOT","reason":"FAILED_IP_EXCLUDE","primaryImpact":"UNKNOWN"}""";
    private const string NoBrowser = """{"spiderOrRobot":true,"category":"SPIDER_OR_ROBOT","reason":"FAILED_UA_INCLUDE","primaryImpact":"UNKNOWN"}""";

    private readonly EnrichmentFiles _files = new EnrichmentFiles()
        .AddFile("ip_exclude_current_cidr.txt", Addresses)
        .AddFile("exclude_current.txt", Robots)
        .AddFile("include_current.txt", Browsers);

    // The event is of 2026-03-01 | own browsers | own robots
    [Theory]
    [InlineData("Mozilla/5.0", "203.0.113.9", Browser)]
    [InlineData("mozilla/5.0", "203.0.113.9", Browser)]
    [InlineData("like Mozilla/5.0", "203.0.113.9", NoBrowser)]
    [InlineData("My opera", "203.0.113.9", Browser)]
    [InlineData("curl/8.0", "203.0.113.9", NoBrowser)]
    [InlineData("Netscape 4", "203.0.113.9", NoBrowser)]
    [InlineData("Mosaic 1", "203.0.113.9", Browser)]
    [InlineData("Disabled 1", "203.0.113.9", NoBrowser)]
    [InlineData("Mozilla/5.0 off", "203.0.113.9", Browser)]
    [InlineData("Mozilla/5.0 (compatible; GoogleBOT/2.1)", "203.0.113.9", """{"spiderOrRobot":true,"category":"ACTIVE_SPIDER_OR_ROBOT","reason":"FAILED_UA_EXCLUDE","primaryImpact":"PAGE_AND_AD_IMPRESSIONS"}""")]
    [InlineData("Mozilla/5.0 Botany", "203.0.113.9", Browser)]
    [InlineData("Mozilla/5.0 robotti", "203.0.113.9", Browser)]
    [InlineData("Mozilla/5.0 Botany monitor", "203.0.113.9", """{"spiderOrRobot":true,"category":"ACTIVE_SPIDER_OR_ROBOT","reason":"FAILED_UA_EXCLUDE","primaryImpact":"AD_IMPRESSIONS"}""")]
    [InlineData("Fetcher/1", "203.0.113.9", """{"spiderOrRobot":true,"category":"ACTIVE_SPIDER_OR_ROBOT","reason":"FAILED_UA_EXCLUDE","primaryImpact":"PAGE_IMPRESSIONS"}""")]
    [InlineData("Mozilla/5.0 fetcher/1", "203.0.113.9", Browser)]
    [InlineData("Mozilla/5.0 retired", "203.0.113.9", """{"spiderOrRobot":true,"category":"INACTIVE_SPIDER_OR_ROBOT","reason":"FAILED_UA_EXCLUDE","primaryImpact":"AD_IMPRESSIONS"}""")]
    [InlineData("Mozilla/5.0 leaving", "203.0.113.9", """{"spiderOrRobot":true,"category":"ACTIVE_SPIDER_OR_ROBOT","reason":"FAILED_UA_EXCLUDE","primaryImpact":"PAGE_IMPRESSIONS"}""")]
    [InlineData("Mozilla/5.0", "192.0.2.7", RobotAddress)]
    [InlineData("curl/8.0", "192.0.2.7", RobotAddress)]
    [InlineData("Mozilla/5.0", "198.51.100.64", RobotAddress)]
    [InlineData("Mozilla/5.0", "198.51.100.79", RobotAddress)]
    [InlineData("Mozilla/5.0", "198.51.100.80", Browser)]
    [InlineData("Mozilla/5.0", "2001:db8:bad:1::1", RobotAddress)]
    [InlineData("Mozilla/5.0", "2001:db8:bae::", Browser)]
    [InlineData("Mozilla/5.0", "::ffff:192.0.2.7", RobotAddress)]
    [InlineData("Mozilla/5.0", "unknown", Browser)]
    [InlineData("Trusted/1 curl", "192.0.2.7", Browser)]
    [InlineData("Mozilla/5.0 BADNESS", "203.0.113.9", """{"spiderOrRobot":true,"category":"ACTIVE_SPIDER_OR_ROBOT","reason":"FAILED_UA_EXCLUDE","primaryImpact":"PAGE_AND_AD_IMPRESSIONS"}""")]
    [InlineData("Trusted/1 badness", "203.0.113.9", Browser)]
    public async Task Visitor_OfAUserAgentAndAddress_IsJudged(string userAgent, string address, string expected)
    {
        _files.Add(Config, Parameters(""","includeUseragents":["trusted/"],"excludeUseragents":["Badness"]"""));
        using var harness = new Harness(_files.Options);
        var e = (await harness.ProcessAsync(Harness.PostPageView(("ua", userAgent), ("ip", address)))).Event;
        e.Derived(Entity).ShouldBe([expected]);
    }

    [Fact]
    public async Task Event_WithoutUserAgent_GetsNoEntity()
    {
        _files.Add(Config.Replace("1-0-1", "1-0-0"), Parameters(""));
        using var harness = new Harness(_files.Options);
        foreach (var userAgent in new[] { null, "", "  " })
            (await harness.ProcessAsync(Harness.PostPageView() with { UserAgent = userAgent })).Event.ShouldHave("derived_contexts=");
    }

    [Theory]
    [InlineData("ip_exclude_current_cidr.txt", "1.2.3", "parameters.ipFile:", "line 1, '1.2.3', is no address")]
    [InlineData("ip_exclude_current_cidr.txt", "#\n1.2.3.4/33", "parameters.ipFile:", "line 2")]
    [InlineData("exclude_current.txt", "bot|1||0|9|0", "parameters.excludeUseragentFile:", "its impact is '9'")]
    [InlineData("exclude_current.txt", "bot|1", "parameters.excludeUseragentFile:", "line 1, 'bot|1'")]
    [InlineData("include_current.txt", "moz|1", "parameters.includeUseragentFile:", "it has 2 columns and must have at least 3")]
    [InlineData("include_current.txt", "|1|1", "parameters.includeUseragentFile:", "its pattern is empty")]
    public void List_ThatIsBroken_IsRefused(string file, string text, string field, string expected)
    {
        _files.AddFile(file, text).Add(Config, Parameters(""));
        _files.ShouldBeRefused(field);
        _files.ShouldBeRefused(expected);
    }

    [Fact]
    public void Configuration_OfOtherFiles_IsRefused()
    {
        _files.Add(Config, Parameters("").Replace("exclude_current.txt", "mine.txt"));
        _files.ShouldBeRefused("excludeUseragentFile");
    }

    [Fact]
    public void Addresses_InManyRanges_AgreeWithALinearSearch()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 2000).Select(_ =>
            $"{random.Next(4)}.{random.Next(4)}.{random.Next(256)}.{random.Next(256)}{(random.Next(2) == 0 ? "" : $"/{random.Next(20, 33)}")}").ToList();
        _files.AddFile("ranges.txt", string.Join('\n', lines));
        var addresses = IabAddresses.Read(Path.Combine(_files.Folder, "ranges.txt"));
        var blocks = lines.Select(Block).ToList();
        for (var i = 0; i < 20_000; i++)
        {
            var address = $"{random.Next(4)}.{random.Next(4)}.{random.Next(256)}.{random.Next(256)}";
            var number = Number(address);
            addresses.Contains(System.Text.Encoding.UTF8.GetBytes(address)).ShouldBe(blocks.Exists(b => number >= b.First && number <= b.Last), address);
        }

        static uint Number(string address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(address).GetAddressBytes());

        static (uint First, uint Last) Block(string line)
        {
            var parts = line.Split('/');
            var host = parts.Length == 1 ? 0 : (uint)((1UL << (32 - int.Parse(parts[1]))) - 1);
            return (Number(parts[0]) & ~host, Number(parts[0]) | host);
        }
    }

    public void Dispose() => _files.Dispose();

    private string Parameters(string more) => $$"""
        {"ipFile":{"database":"ip_exclude_current_cidr.txt","uri":"file://{{_files.Folder}}"},
         "excludeUseragentFile":{"database":"exclude_current.txt","uri":"file://{{_files.Folder}}"},
         "includeUseragentFile":{"database":"include_current.txt","uri":"file://{{_files.Folder}}"}{{more}}}
        """;
}
