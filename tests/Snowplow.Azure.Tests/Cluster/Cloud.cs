using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Snowplow.Azure.Blobs;
using Snowplow.Azure.Tests.DataExplorer;
using Snowplow.Azure.Tests.Emulators;
using Snowplow.Azure.Tests.EventHubs.Broker;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary>Azurite's blobs and tables, a hub that the real client speaks to, and Data Explorer; with silos as processes of their own on them.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    private readonly Azurite _azurite = new();
    private readonly HubBroker _broker;

    private Cloud(int partitions) => _broker = new HubBroker(partitions);

    /// <summary>How many events the hub of the live feed has.</summary>
    public int LiveEvents => _broker.LiveHub.Partitions.Sum(partition => partition.Events.Count);

    public BlobContainerClient Container { get; private set; } = null!;

    public AzureBlobStore Blobs { get; private set; } = null!;

    public FakeKusto Kusto { get; private set; } = null!;

    public List<SiloProcess> Silos { get; } = [];

    /// <summary>All that the hub holds.</summary>
    public IEnumerable<StoredEvent> Raw => _broker.Hub.Partitions.SelectMany(partition => partition.Events);

    /// <summary>What a silo, or a command, is told in its environment.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Azure__AdvertisedAddress"] = "127.0.0.1",
        ["Azure__EventHubs__Hub"] = _broker.Options.Hub,
        ["Azure__EventHubs__ConnectionString"] = _broker.Options.ConnectionString!,
        ["Azure__Blobs__ConnectionString"] = _azurite.BlobConnection,
        ["Azure__Blobs__Container"] = Container.Name,
        ["Azure__Tables__ConnectionString"] = _azurite.TableConnection,
        ["Azure__Kusto__Cluster"] = Kusto.Url.AbsoluteUri,
        ["Azure__Kusto__LoadInterval"] = "00:00:02",
        ["Azure__Kusto__BlobAccess"] = "",
        ["Pipeline__BatchInterval"] = "00:00:00.2",
        ["Pipeline__CheckpointInterval"] = "00:00:01",
        ["Pipeline__RetryMax"] = "00:00:05",
    };

    public static async Task<Cloud> StartAsync(int partitions)
    {
        var cloud = new Cloud(partitions);
        await cloud._azurite.InitializeAsync();
        cloud.Container = new BlobContainerClient(cloud._azurite.BlobConnection, "container");
        await cloud.Container.CreateAsync();
        cloud.Blobs = new AzureBlobStore(cloud.Container);
        cloud.Kusto = await FakeKusto.StartAsync(cloud.Blobs);
        return cloud;
    }

    public async Task StartSilosAsync(int count, CancellationToken stop)
    {
        for (var i = 0; i < count; i++) Silos.Add(new SiloProcess(Settings));
        foreach (var silo in Silos) await silo.UntilReadyAsync(stop);
    }

    public async Task StopSilosAsync(CancellationToken stop)
    {
        foreach (var silo in Silos.Where(silo => !silo.HasExited)) await silo.StopAsync(stop);
        foreach (var silo in Silos) silo.Dispose();
        Silos.Clear();
    }

    /// <summary>Waits until all that was sent has landed and all that has landed is loaded.</summary>
    public async Task UntilAllIsLoadedAsync(CancellationToken stop)
    {
        // The supervisors' last answers may be a second old.
        for (var calm = 0; calm < 5; await Task.Delay(1000, stop))
        {
            var isCalm = true;
            foreach (var silo in Silos) isCalm &= await silo.LagAsync(stop) == 0;
            await foreach (var _ in Blobs.ListAsync("load/units/", stop)) isCalm = false;
            calm = isCalm ? calm + 1 : 0;
        }
    }

    /// <summary>Ends the lease of a process that was killed, as time does.</summary>
    public async Task FreeLeaseAsync(string name, CancellationToken stop)
    {
        var blob = Container.GetBlobClient(name);
        if (await blob.ExistsAsync(stop) && (await blob.GetPropertiesAsync(cancellationToken: stop)).Value.LeaseState == LeaseState.Leased)
            await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos) silo.Dispose();
        await Kusto.DisposeAsync();
        await _broker.DisposeAsync();
        await _azurite.DisposeAsync();
    }
}
