using System.Globalization;
using System.Text.Json;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary>The live feed of a cluster, over Orleans' streams on a hub.</summary>
public sealed class LiveFeedTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(5));
    private Cloud _cloud = null!;

    public async Task InitializeAsync() => _cloud = await Cloud.StartAsync(partitions: 2);

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Feed_OverAHub_ShowsAtEachSiloWhatTheOthersLand()
    {
        var stop = _patience.Token;
        var settings = _cloud.Settings;
        settings["Azure__EventHubs__LiveHub"] = "live";
        for (var i = 0; i < 2; i++) _cloud.Silos.Add(new SiloProcess(settings));
        foreach (var silo in _cloud.Silos) await silo.UntilReadyAsync(stop);
        Task<IEnumerable<string>>[] watchers = [.. _cloud.Silos.Select(silo => WatchAsync(silo, stop))];

        // By many users, so that both partitions, and with them both silos, land some; for as long as it takes the streams to begin.
        for (var i = 0; !Task.WhenAll(watchers).IsCompleted; i++, await Task.Delay(50, stop))
        {
            var user = string.Create(CultureInfo.InvariantCulture, $"visitor-{i}");
            (await _cloud.Silos[i % 2].PostAsync(Guid.NewGuid().ToString(), user, Guid.NewGuid().ToString(), stop)).ShouldBeTrue();
        }

        foreach (var watcher in watchers) (await watcher).ShouldBe(["000", "001"]);
        _cloud.LiveEvents.ShouldBeGreaterThan(0);
    }

    // Ends once the feed has shown batches of both partitions.
    private static async Task<IEnumerable<string>> WatchAsync(SiloProcess silo, CancellationToken stop)
    {
        await using var feed = await silo.Http.GetStreamAsync(new Uri("api/live", UriKind.Relative), stop);
        using var lines = new StreamReader(feed);
        var partitions = new SortedSet<string>();
        while (partitions.Count < 2)
        {
            var line = await lines.ReadLineAsync(stop) ?? throw new InvalidOperationException($"The feed of {silo.Url} ended.");
            if (!line.StartsWith("data: {", StringComparison.Ordinal)) continue;
            using var message = JsonDocument.Parse(line["data: ".Length..]);
            if (message.RootElement.TryGetProperty("partition", out var partition)) partitions.Add(partition.GetString()![^3..]);
        }

        return partitions;
    }
}
