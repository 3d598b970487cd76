using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Snowplow.Enrich;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Grains;
using Snowplow.Grains.Live;
using Snowplow.Grains.Partition;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Interventions;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.GrainState;
using Snowplow.Streams;
using Snowplow.Streams.Local;
using Snowplow.Warehouse;

namespace Snowplow.Silo.Serve;

/// <summary>
/// Puts the local platform together: raw stream, blobs and grain states under the data folder, enrichment, and the engine
/// that the grains run on. What it adds is disposed of in the opposite order, behind the hosted services.
/// </summary>
internal static class Platform
{
    /// <summary>The database of grain states, in the data folder.</summary>
    public const string StateFile = "state.db";

    /// <summary>Adds the ports, the enrichment and the engine; the partitions are worked on with <see cref="Roles.Pipeline"/>.</summary>
    public static void AddPlatform(this WebApplicationBuilder builder, DataFolder folder, Roles roles, PlatformOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IRawStream>(provider =>
            LocalRawStream.Open(options.Stream, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LocalRawStream>>()));
        services.AddSingleton<IBlobStore>(_ => new FolderBlobStore(folder.Path));
        services.AddSingleton(_ => OutgoingHttp.NewClient());
        services.AddSingleton(provider => new IgluResolver(
            options.Iglu, provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SelfDescribingValidator>();
        services.AddSingleton(provider => EnrichmentSet.Load(
            options.Enrich, provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<SelfDescribingValidator>(), provider.GetRequiredService<TimeProvider>()));
        var (rules, rulesFile) = options.Model.ReadRules();
        if (roles.HasFlag(Roles.Pipeline))
            rules = ModelHistory.GoOn(folder.Path, rules, rulesFile);
        services.AddSingleton(rules);
        services.AddSingleton(provider => new PipelineServices(
            provider.GetRequiredService<IRawStream>(),
            provider.GetRequiredService<IBlobStore>(),
            NewPipeline(provider, options.Enrich),
            rules,
            provider.GetRequiredService<TimeProvider>(),
            options.Pipeline)
        {
            Webhooks = options.Interventions.Routes(),
            Warehouse = roles.HasFlag(Roles.Query) ? provider.GetRequiredService<EmbeddedWarehouse>() : null,
        });
        services.AddSingleton(options.Interventions).AddSingleton<DeadLetters>();

        // Microsoft.Orleans asks for a cluster, here of this silo alone, and for a place to keep who listens to the feed.
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddMemoryGrainStorage("PubSubStore").AddMemoryStreams(LiveFeed.ProviderName)
            .Configure<GrainCollectionOptions>(LeaveMemory));
        services.AddGrainStorage(PipelineServices.StateStorage, (_, _) =>
            new SqliteGrainStorage(new SqliteGrainStorageOptions { Path = Path.Combine(folder.Path, StateFile) }, StateJson.Options));
        if (roles.HasFlag(Roles.Query))
        {
            services.AddSingleton(provider => EmbeddedWarehouse.Open(
                Path.Combine(folder.Path, EmbeddedWarehouse.FolderName), provider.GetRequiredService<IBlobStore>(), options.Warehouse,
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EmbeddedWarehouse>>()));
            services.AddHostedService<WarehouseWork>();
        }

        services.AddSingleton<PartitionSupervisor>();
        services.AddSingleton<Eraser>();
        // Behind the silo too, which its grains need; what waits when it stops is sent after the next start.
        if (roles.HasFlag(Roles.Pipeline) && options.Interventions.Webhooks.Count > 0)
            services.AddHostedService<WebhookSender>();
        // Behind the silo, so that it stops first and drains the partitions while grains still answer.
        if (roles.HasFlag(Roles.Pipeline))
        {
            services.AddHostedService<PartitionWork>();
            services.AddHostedService(provider => provider.GetRequiredService<Eraser>());
        }
    }

    // The enrichments load now, so that a server whose configuration is wrong does not start.
    private static Func<EnrichPipeline> NewPipeline(IServiceProvider provider, EnrichOptions options)
    {
        var enrichments = provider.GetRequiredService<EnrichmentSet>();
        var validator = provider.GetRequiredService<SelfDescribingValidator>();
        var time = provider.GetRequiredService<TimeProvider>();
        return () => new EnrichPipeline(options, enrichments, validator, time);
    }

    // A visitor who pauses costs a read of SQLite when he comes back; one who never does must not stay in memory for long.
    private static void LeaveMemory(GrainCollectionOptions collection)
    {
        collection.CollectionQuantum = TimeSpan.FromSeconds(15);
        collection.CollectionAge = TimeSpan.FromMinutes(1);
        collection.EnableActivationSheddingOnMemoryPressure = true;

        // A burst of new visitors at full speed makes 50 MB of grains a second, so there is little time to make room.
        collection.MemoryUsagePollingPeriod = TimeSpan.FromSeconds(1);
        collection.MemoryUsageLimitPercentage = 65;
        collection.MemoryUsageTargetPercentage = 50;
    }
}
