using Azure.Core;
using Azure.Storage.Blobs;
using Snowplow.Azure;
using Snowplow.Azure.Blobs;
using Snowplow.Azure.DataExplorer;
using Snowplow.Azure.EventHubs;
using Snowplow.Azure.GrainState;
using Snowplow.Azure.Silos;
using Snowplow.Events.Enriched;
using Snowplow.Grains;
using Snowplow.Model.Rules;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Interventions;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Warehouse;
using Snowplow.Streams;

namespace Snowplow.Silo.Serve;

/// <summary>
/// Where the platform runs: this build on Azure, a silo among others, with the raw stream on Event Hubs, blobs and grain states in storage
/// accounts and analysts' tables in Data Explorer. Queries go there; the data folder holds nothing that may not be lost.
/// </summary>
internal sealed class Hosting
{
    private readonly IServiceCollection _services;
    private readonly WebApplicationBuilder _builder;
    private readonly AzureOptions _options;
    private readonly TokenCredential _credential = AzureOptions.NewCredential();
    private readonly BlobContainerClient _container;
    private ModelRules _rules = ModelRules.Default;

    public Hosting(WebApplicationBuilder builder, DataFolder folder, Roles roles, PlatformConfiguration configuration)
    {
        _ = folder;
        // A partition may be placed on any silo of the cluster.
        if (!roles.HasFlag(Roles.Pipeline)) throw new StartupException("On Azure every silo works on partitions: --roles must name pipeline, or be left out.");
        (_builder, _services, _options) = (builder, builder.Services, configuration.Hosting.Azure);
        _container = _options.NewContainer(_credential);
    }

    /// <summary>Waits for the services that the server does not start without, and answers meanwhile.</summary>
    /// <param name="another">Makes a server that listens where this one will.</param>
    /// <param name="builder">Gets what makes room for it.</param>
    /// <param name="configuration">Names the services.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>What is disposed of when the server has stopped.</returns>
    /// <exception cref="IOException">A service refuses the silo, or is not there.</exception>
    public static async Task<IAsyncDisposable?> PrepareAsync(Func<WebApplicationBuilder> another, WebApplicationBuilder builder, PlatformConfiguration configuration, CancellationToken stop)
    {
        var early = await EarlyServer.StartAsync(another(), stop);
        try
        {
            await early.UntilAnsweringAsync(AzureService.Of(configuration.Hosting.Azure, AzureOptions.NewCredential()), stop);
            builder.Services.AddSingleton(early);
            return early;
        }
        catch
        {
            await early.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds the raw stream and the blobs.</summary>
    public void AddPorts()
    {
        _services.AddSingleton<IRawStream>(provider => EventHubsRawStream.OpenAsync(
            _options.EventHubs, _credential, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EventHubsRawStream>>(), CancellationToken.None)
            .GetAwaiter().GetResult());
        _services.AddSingleton<IBlobStore>(_ => new AzureBlobStore(_container));
    }

    /// <summary>Checks that the tables may go on with these rules, and notes the rules.</summary>
    /// <exception cref="StartupException">They may not.</exception>
    public ModelRules GoOn(ModelRules rules, byte[] file)
    {
        var blobs = new AzureBlobStore(_container);
        // What versions before the history wrote in its place.
        var isBegun = blobs.GetLengthAsync("model/generation", CancellationToken.None).AsTask().GetAwaiter().GetResult() is not null;
        return _rules = StoppedPlatform.HistoryOf(blobs).GoOnAsync(rules, file, isBegun, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Adds the engine and the grain states.</summary>
    public void AddSilo()
    {
        _builder.UseOrleans(silo => silo
            .UseAzure(_options, _credential)
            .UseModelTable(_options, _credential, StateJson.Options, _rules.Generation)
            .Configure<Orleans.Configuration.GrainCollectionOptions>(Platform.LeaveMemory));
        _services.AddHostedService(_ => new ClaimCheck(_container));
    }

    /// <summary>Adds the queue of what Data Explorer loads, what loads it and, where it is wanted, what streams events before.</summary>
    public void AddWarehouse()
    {
        if (_options.Kusto.Cluster is null) return;
        var credential = _options.Kusto.Cluster.Scheme == Uri.UriSchemeHttps ? _credential : null;
        _services.AddSingleton<IWarehouse>(provider => new DataExplorerWarehouse(provider.GetRequiredService<IBlobStore>(), _rules.Generation));
        _services.AddHostedService(provider => new DataExplorerService(
            _container, KustoScripts.Folder, new HttpClient { Timeout = TimeSpan.FromMinutes(10) }, credential, _options.Kusto, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DataExplorerService>>()));
        if (!_options.Kusto.StreamEvents) return;
        _services.AddSingleton(provider => new RecentEvents(
            new HttpClient { Timeout = TimeSpan.FromSeconds(30) }, credential, _options.Kusto, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RecentEvents>>()));
        _services.AddHostedService(provider => provider.GetRequiredService<RecentEvents>());
        _services.AddSingleton<Action<EnrichedBatch>>(provider => provider.GetRequiredService<RecentEvents>().Add);
    }

    /// <summary>Adds what posts to webhooks: one silo at a time.</summary>
    public void AddWebhookSender() => AddLed<WebhookSender>("leaders/webhooks");

    /// <summary>Adds what uses the partitions from outside: what moves them between silos, and what forgets people, on one silo at a time.</summary>
    public void AddBehindPartitions()
    {
        _services.AddPartitionMoves();
        AddLed<Eraser>("leaders/erasures");
        if (_services.Any(service => service.ServiceType == typeof(EarlyServer))) _services.AddHostedService(provider => provider.GetRequiredService<EarlyServer>());
    }

    /// <summary>Queries go to Data Explorer: the page for them is its own.</summary>
    public void MapQueries(WebApplication app)
    {
        if (_options.Kusto is { Cluster: { } cluster, Database: var database })
            app.MapGet("/query", () => Results.Redirect($"https://dataexplorer.azure.com/clusters/{cluster.Host}/databases/{Uri.EscapeDataString(database)}")).ExcludeFromDescription();
    }

    private void AddLed<T>(string lease)
        where T : BackgroundService =>
        // Not by its type, of which the host takes one.
        _services.AddSingleton<IHostedService>(provider => new LedService(
            _container, lease, () => ActivatorUtilities.CreateInstance<T>(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LedService>>()));
}
