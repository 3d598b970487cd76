using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Azure.Core;
using Azure.Messaging.EventHubs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Placement;
using Snowplow.Grains.Live;
using Snowplow.Grains.Partition;

namespace Snowplow.Azure.Silos;

/// <summary>Makes a silo one of a cluster on Azure: membership and checkpoints of streams in Table storage, partitions spread evenly.</summary>
public static class AzureSilo
{
    /// <summary>The table of the silos' membership.</summary>
    internal const string SiloTable = "SnowplowSilos";

    private const string StreamTable = "SnowplowStreams";

    /// <summary>Configures the silo.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Where the cluster is and which place this silo has in it.</param>
    /// <param name="credential">Signs in.</param>
    public static ISiloBuilder UseAzure(this ISiloBuilder silo, AzureOptions options, TokenCredential credential)
    {
        var tables = options.NewTables(credential);
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
        // No gateway: nobody but silos calls grains.
        silo.Configure<EndpointOptions>(endpoints => (endpoints.AdvertisedIPAddress, endpoints.SiloPort, endpoints.SiloListeningEndpoint, endpoints.GatewayPort) =
            (AddressOf(options), options.SiloPort, new IPEndPoint(IPAddress.Any, options.SiloPort), 0));
        silo.UseAzureStorageClustering(clustering => (clustering.TableServiceClient, clustering.TableName) = (tables, SiloTable));
        silo.AddAzureTableGrainStorage("PubSubStore", (Action<AzureTableStorageOptions>)(storage => (storage.TableServiceClient, storage.TableName) = (tables, StreamTable)));
        if (options.EventHubs is { LiveHub: { Length: > 0 } liveHub } hubs)
            silo.AddEventHubStreams(LiveFeed.ProviderName, streams =>
            {
                streams.ConfigureEventHub(events => events.Configure(hub => hub.ConfigureEventHubConnection(
                    hubs.ConnectionString is { } emulator ? new EventHubConnection(emulator, liveHub) : new EventHubConnection(hubs.Namespace, liveHub, credential), hubs.ConsumerGroup)));
                streams.UseAzureTableCheckpointer(checkpoints => checkpoints.Configure(table => (table.TableServiceClient, table.TableName) = (tables, StreamTable)));
            });
        else
            silo.AddMemoryStreams(LiveFeed.ProviderName);

        silo.Services.AddSingleton<IPlacementStrategyResolver, PlacementOfGrains>();
        silo.Services.AddPlacementDirector<PartitionPlacement, PartitionPlacementDirector>();
        silo.Services.AddSingleton<LeavingSilos>().AddSingleton<Departure>();
        silo.AddGrainService<DepartureNotices>();
        silo.Services.AddSingleton(services => new PartitionsHere(services.GetRequiredService<Departure>().TellAsync));
        return silo;
    }

    /// <summary>Adds what moves partitions to where they belong as silos come and go. Register it behind the work on the partitions.</summary>
    public static void AddPartitionMoves(this IServiceCollection services) => services.AddHostedService<PartitionMoves>();

    private static IPAddress AddressOf(AzureOptions options) => options.AdvertisedAddress is { } address
        ? IPAddress.Parse(address)
        : NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)
            .FirstOrDefault(found => found.AddressFamily == AddressFamily.InterNetwork)
            ?? throw new InvalidOperationException("This machine has no address by which other silos could reach it: set Azure:AdvertisedAddress.");
}
