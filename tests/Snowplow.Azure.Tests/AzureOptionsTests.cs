using Snowplow.Azure.DataExplorer;
using Snowplow.Azure.EventHubs;

namespace Snowplow.Azure.Tests;

public sealed class AzureOptionsTests
{
    private static readonly AzureOptions Whole = new()
    {
        EventHubs = new EventHubsOptions { Namespace = "name.servicebus.windows.net", Hub = "raw" },
        Blobs = new BlobsOptions { Endpoint = new Uri("https://name.blob.core.windows.net") },
        Tables = new TablesOptions { Endpoint = new Uri("https://name.table.core.windows.net") },
    };

    [Fact]
    public void Options_ThatAreWhole_AreNotWrong()
    {
        Whole.Validate().ShouldBeEmpty();
        (Whole with { Kusto = new DataExplorerOptions { Cluster = new Uri("https://name.westeurope.kusto.windows.net") } }).Validate().ShouldBeEmpty();
    }

    [Fact]
    public void Options_ThatSayNothing_NameWhatIsMissing() => string.Join(' ', new AzureOptions().Validate()).ShouldSatisfyAllConditions(
        text => text.ShouldContain("Azure:EventHubs:Namespace"),
        text => text.ShouldContain("Azure:EventHubs:Hub"),
        text => text.ShouldContain("Azure:Blobs:Endpoint"),
        text => text.ShouldContain("Azure:Tables:Endpoint"),
        text => text.ShouldNotContain("Kusto"));

    [Fact]
    public void Options_ThatExcludeEachOther_AreRefused()
    {
        var both = Whole with { Blobs = new BlobsOptions { Endpoint = new Uri("https://a.blob.core.windows.net"), ConnectionString = "UseDevelopmentStorage=true" } };
        both.Validate().Single().ShouldContain("not both");
        (Whole with { SiloPort = 0 }).Validate().Single().ShouldContain("Azure:SiloPort");
        (Whole with { AdvertisedAddress = "here" }).Validate().Single().ShouldContain("Azure:AdvertisedAddress");
        (Whole with { Kusto = new DataExplorerOptions { Cluster = new Uri("ftp://x") } }).Validate().Single().ShouldContain("Azure:Kusto:Cluster");
        (Whole with { Kusto = new DataExplorerOptions { Cluster = new Uri("https://x.kusto.windows.net"), Database = "a'b" } }).Validate().Single().ShouldContain("Azure:Kusto:Database");
    }
}
