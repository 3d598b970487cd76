using Orleans.Configuration;
using Snowplow.Enrich;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.Enriched;
using Snowplow.Grains;
using Snowplow.Grains.Partition;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Interventions;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Warehouse;
using Snowplow.Streams;

namespace Snowplow.Silo.Serve;

/// <summary>
/// Puts the platform together: what is the same wherever it runs, on the ports and the engine of <see cref="Hosting"/>. What it adds is
/// disposed of in the opposite order, behind the hosted services.
/// </summary>
internal static class Platform
{
    /// <summary>The database of grain states, in the data folder.</summary>
    public const string StateFile = "state.db";

    /// <summary>Adds the ports, the enrichment and the engine; the partitions are worked on with <see cref="Roles.Pipeline"/>.</summary>
    public static void AddPlatform(this WebApplicationBuilder builder, Hosting hosting, Roles roles, PlatformOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        hosting.AddPorts();
        services.AddSingleton(_ => OutgoingHttp.NewClient());
        services.AddSingleton(provider => new IgluResolver(
            options.Iglu, provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SelfDescribingValidator>();
        services.AddSingleton(provider => EnrichmentSet.Load(
            options.Enrich, provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<SelfDescribingValidator>(), provider.GetRequiredService<TimeProvider>()));
        var (rules, rulesFile) = options.Model.ReadRules();
        if (roles.HasFlag(Roles.Pipeline))
            rules = hosting.GoOn(rules, rulesFile);
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
            Warehouse = provider.GetService<IWarehouse>(),
            Landed = provider.GetService<Action<EnrichedBatch>>(),
            Here = provider.GetService<PartitionsHere>(),
        });
        services.AddSingleton(options.Interventions).AddSingleton<DeadLetters>();
        hosting.AddSilo();
        hosting.AddWarehouse();
        services.AddSingleton<PartitionSupervisor>();
        // Behind the silo too, which its grains need; what waits when it stops is sent after the next start.
        if (roles.HasFlag(Roles.Pipeline) && options.Interventions.Webhooks.Count > 0)
            hosting.AddWebhookSender();
        // Behind the silo, so that it stops first and drains the partitions while grains still answer.
        if (roles.HasFlag(Roles.Pipeline))
            services.AddHostedService<PartitionWork>().AddHostedService<MemoryAtRest>();
        services.AddSingleton(provider => new ErasureFolder(provider.GetRequiredService<IBlobStore>()));
        if (roles.HasFlag(Roles.Pipeline))
            hosting.AddBehindPartitions();
    }

    /// <summary>How long grains stay in memory.</summary>
    public static void LeaveMemory(GrainCollectionOptions collection)
    {
        // A visitor who pauses costs a read of his state when he comes back; one who never does must not stay in memory for long.
        collection.CollectionQuantum = TimeSpan.FromSeconds(15);
        collection.CollectionAge = TimeSpan.FromMinutes(1);
        collection.EnableActivationSheddingOnMemoryPressure = true;

        // A burst of new visitors at full speed makes 50 MB of grains a second, so there is little time to make room.
        collection.MemoryUsagePollingPeriod = TimeSpan.FromSeconds(1);
        collection.MemoryUsageLimitPercentage = 65;
        collection.MemoryUsageTargetPercentage = 50;
    }

    // The enrichments load now, so that a server whose configuration is wrong does not start.
    private static Func<EnrichPipeline> NewPipeline(IServiceProvider provider, EnrichOptions options)
    {
        var enrichments = provider.GetRequiredService<EnrichmentSet>();
        var validator = provider.GetRequiredService<SelfDescribingValidator>();
        var time = provider.GetRequiredService<TimeProvider>();
        return () => new EnrichPipeline(options, enrichments, validator, time);
    }
}
