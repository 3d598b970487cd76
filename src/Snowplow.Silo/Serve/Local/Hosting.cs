using Orleans.Runtime.Hosting;
using Snowplow.Grains;
using Snowplow.Grains.Live;
using Snowplow.Kql.Data;
using Snowplow.Model.Rules;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Interventions;
using Snowplow.Silo.Kusto;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.GrainState;
using Snowplow.Storage.Warehouse;
using Snowplow.Streams;
using Snowplow.Streams.Local;
using Snowplow.Warehouse;

namespace Snowplow.Silo.Serve;

/// <summary>
/// Where the platform runs: this build on one machine, with raw stream, blobs, grain states and warehouse under the data folder. The build
/// with <c>-p:UseAzure=true</c> has another class of this name.
/// </summary>
internal sealed class Hosting(WebApplicationBuilder builder, DataFolder folder, Roles roles, PlatformConfiguration configuration)
{
    private readonly IServiceCollection _services = builder.Services;
    private readonly PlatformOptions _options = configuration.Platform;

    /// <summary>Nothing: a disk is there, or it is not.</summary>
    public static Task<IAsyncDisposable?> PrepareAsync(Func<WebApplicationBuilder> another, WebApplicationBuilder builder, PlatformConfiguration configuration, CancellationToken stop)
    {
        _ = (another, builder, configuration, stop);
        return Task.FromResult<IAsyncDisposable?>(null);
    }

    /// <summary>Adds the raw stream and the blobs.</summary>
    public void AddPorts()
    {
        _services.AddSingleton<IRawStream>(provider =>
            LocalRawStream.Open(_options.Stream, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LocalRawStream>>()));
        _services.AddSingleton<IBlobStore>(_ => new FolderBlobStore(folder.Path));
    }

    /// <summary>Checks that the tables may go on with these rules, and notes the rules.</summary>
    /// <exception cref="StartupException">They may not.</exception>
    public ModelRules GoOn(ModelRules rules, byte[] file) => StoppedPlatform.HistoryOf(folder.Path, new FolderBlobStore(folder.Path))
        .GoOnAsync(rules, file, isBegun: File.Exists(Path.Combine(folder.Path, Platform.StateFile)), CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Adds the engine and the grain states.</summary>
    public void AddSilo()
    {
        // Microsoft.Orleans asks for a cluster, here of this silo alone, and for a place to keep who listens to the feed.
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddMemoryGrainStorage("PubSubStore").AddMemoryStreams(LiveFeed.ProviderName)
            .Configure<Orleans.Configuration.GrainCollectionOptions>(Platform.LeaveMemory));
        _services.AddGrainStorage(PipelineServices.StateStorage, (_, _) =>
            new SqliteGrainStorage(new SqliteGrainStorageOptions { Path = Path.Combine(folder.Path, Platform.StateFile) }, StateJson.Options));
    }

    /// <summary>Adds the warehouse, its work and queries over it.</summary>
    public void AddWarehouse()
    {
        if (!roles.HasFlag(Roles.Query)) return;
        _services.AddSingleton(provider => EmbeddedWarehouse.Open(
            Path.Combine(folder.Path, EmbeddedWarehouse.FolderName), provider.GetRequiredService<IBlobStore>(), _options.Warehouse,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EmbeddedWarehouse>>()));
        _services.AddSingleton<IWarehouse>(provider => provider.GetRequiredService<EmbeddedWarehouse>());
        _services.AddHostedService<WarehouseWork>();
        _services.AddKusto();
        _services.AddSingleton(configuration.Kusto.LocalFiles(folder.Path));
        var catalog = KustoScripts.Load(KustoScripts.Platform, [], configuration.Kusto.Scripts);
        _services.AddSingleton(services => new ServerDatabase(services.GetRequiredService<EmbeddedWarehouse>(), catalog, folder.Path));
        _services.AddSingleton<Func<Database>>(services => services.GetRequiredService<ServerDatabase>().Snapshot);
        _services.AddSingleton<CommandRunner>(services => services.GetRequiredService<ServerDatabase>().Run);
    }

    /// <summary>Adds what posts to webhooks.</summary>
    public void AddWebhookSender() => _services.AddHostedService<WebhookSender>();

    /// <summary>Adds what uses the partitions from outside: what forgets people.</summary>
    public void AddBehindPartitions()
    {
        // What erasures say of people is for this user only.
        var erasures = Directory.CreateDirectory(Path.Combine(folder.Path, ErasureFolder.Name));
        if (!OperatingSystem.IsWindows()) erasures.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _services.AddHostedService<Eraser>();
    }

    /// <summary>Maps queries.</summary>
    public void MapQueries(WebApplication app)
    {
        if (roles.HasFlag(Roles.Query)) app.MapKusto();
    }
}
