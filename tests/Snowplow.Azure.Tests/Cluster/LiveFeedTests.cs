using System.Globalization;
using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary>The live feed of a cluster, over Orleans' streams on a hub.</summary>
public sealed class LiveFeedTests() : OnCloud(partitions: 2, minutes: 5)
{
    [Fact]
    public async Task Feed_OverAHub_ShowsAtEachSiloWhatTheOthersLand()
    {
        var settings = Cloud.Settings;
        settings["Azure__EventHubs__LiveHub"] = "live";
        for (var i = 0; i < 2; i++) Cloud.Silos.Add(new SiloProcess(settings));
        foreach (var silo in Cloud.Silos) await silo.UntilReadyAsync(Stop);
        Task<IEnumerable<string>>[] watchers = [.. Cloud.Silos.Select(WatchAsync)];

        // By many users, so that both partitions, and with them both silos, land some; for as long as it takes the streams to begin.
        for (var i = 0; !Task.WhenAll(watchers).IsCompleted; i++, await Task.Delay(50, Stop))
        {
            var user = string.Create(CultureInfo.InvariantCulture, $"visitor-{i}");
            (await Cloud.Silos[i % 2].PostAsync(Guid.NewGuid().ToString(), user, Guid.NewGuid().ToString(), Stop)).ShouldBeTrue();
        }

        foreach (var watcher in watchers) (await watcher).ShouldBe(["000", "001"]);
        Cloud.LiveEvents.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Events_WhereTheyAreStreamed_AreInDataExplorerBeforeTheirCheckpoint()
    {
        var settings = Cloud.Settings;
        settings["Azure__Kusto__StreamEvents"] = "true";
        settings["Pipeline__CheckpointInterval"] = "01:00:00";
        Cloud.Silos.Add(new SiloProcess(settings));
        await Cloud.Silos[0].UntilReadyAsync(Stop);
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid().ToString())];
        foreach (var id in ids) (await Cloud.Silos[0].PostAsync(id, "ann", Guid.NewGuid().ToString(), Stop)).ShouldBeTrue();

        IReadOnlyList<string> streamed = [];
        for (; streamed.Count < ids.Length; await Task.Delay(50, Stop))
            if (Cloud.Kusto.Tables.TryGetValue("events_recent", out var lines)) streamed = [.. lines];

        streamed.Select(line => line.Split(',')[(int)EventField.EventId]).Order(StringComparer.Ordinal).ShouldBe(ids.Order(StringComparer.Ordinal));
        Cloud.Kusto.Tables.ContainsKey("events_raw").ShouldBeFalse();
        // The drain makes the checkpoint, and what is loaded is all of it once more.
        await Cloud.Silos[0].StopAsync(Stop);
    }

    // Ends once the feed has shown batches of both partitions.
    private async Task<IEnumerable<string>> WatchAsync(SiloProcess silo)
    {
        await using var feed = await silo.Http.GetStreamAsync(new Uri("api/live", UriKind.Relative), Stop);
        using var lines = new StreamReader(feed);
        var partitions = new SortedSet<string>();
        while (partitions.Count < 2)
        {
            var line = await lines.ReadLineAsync(Stop) ?? throw new InvalidOperationException($"The feed of {silo.Url} ended.");
            if (!line.StartsWith("data: {", StringComparison.Ordinal)) continue;
            using var message = JsonDocument.Parse(line["data: ".Length..]);
            if (message.RootElement.TryGetProperty("partition", out var partition)) partitions.Add(partition.GetString()![^3..]);
        }

        return partitions;
    }
}
