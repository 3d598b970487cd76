using Orleans.Runtime.Hosting;
using Snowplow.Enrich;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Grains;
using Snowplow.Grains.Live;
using Snowplow.Grains.Partition;
using Snowplow.Model.Sessions;
using Snowplow.Silo.CommandLine;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.GrainState;
using Snowplow.Streams;
using Snowplow.Streams.Local;

namespace Snowplow.Silo.Serve;

/// <summary>
/// Puts the local platform together: raw stream, blobs and grain states under the data folder, enrichment, and the engine
/// that the grains run on. What it adds is disposed of in the opposite order, behind the hosted services.
/// </summary>
internal static class Platform
{
    /// <summary>
    /// Adds the ports, the enrichment and the engine, configured by the sections <c>RawStream</c>, <c>Iglu</c>,
    /// <c>Enrich</c> and <c>Pipeline</c>; the partitions are worked on with <see cref="Roles.Pipeline"/>.
    /// </summary>
    /// <exception cref="StartupException">A setting is wrong.</exception>
    public static void AddPlatform(this WebApplicationBuilder builder, DataFolder folder, Roles roles)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        var stream = Read(configuration, "RawStream", new LocalRawStreamOptions { Folder = Path.Combine(folder.Path, "raw") });
        var pipeline = Read(configuration, "Pipeline", new PipelineOptions());
        var enrich = Read(configuration, "Enrich", new EnrichOptions { Processor = new Processor("snowplow-orleans", VersionCommand.ShortVersion) });
        Require([.. stream.Validate().Select(error => $"RawStream: {error}"), .. pipeline.Validate()]);

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IRawStream>(provider =>
            LocalRawStream.Open(stream, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LocalRawStream>>()));
        services.AddSingleton<IBlobStore>(_ => new FolderBlobStore(folder.Path));
        services.AddSingleton(_ => new HttpClient());
        services.AddSingleton(provider => new IgluResolver(
            Read(configuration, "Iglu", new IgluOptions()), provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SelfDescribingValidator>();
        services.AddSingleton(SessionRules.Default);
        services.AddSingleton(provider => new PipelineServices(
            provider.GetRequiredService<IRawStream>(),
            provider.GetRequiredService<IBlobStore>(),
            () => new EnrichPipeline(enrich, provider.GetRequiredService<SelfDescribingValidator>(), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            pipeline));

        // Microsoft.Orleans asks for a cluster, here of this silo alone, and for a place to keep who listens to the feed.
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddMemoryGrainStorage("PubSubStore").AddMemoryStreams(LiveFeed.ProviderName));
        services.AddGrainStorage(PipelineServices.StateStorage, (_, _) =>
            new SqliteGrainStorage(new SqliteGrainStorageOptions { Path = Path.Combine(folder.Path, "state.db") }, StateJson.Options));
        services.AddSingleton<PartitionSupervisor>();
        // Behind the silo, so that it stops first and drains the partitions while grains still answer.
        if (roles.HasFlag(Roles.Pipeline))
            services.AddHostedService(provider => provider.GetRequiredService<PartitionSupervisor>());
    }

    private static T Read<T>(ConfigurationManager configuration, string section, T defaults)
        where T : class
    {
        try
        {
            configuration.GetSection(section).Bind(defaults, binder => binder.ErrorOnUnknownConfiguration = true);
            return defaults;
        }
        catch (InvalidOperationException exception)
        {
            throw new StartupException($"The configuration section {section} is wrong: {exception.Message}");
        }
    }

    private static void Require(IReadOnlyList<string> errors)
    {
        if (errors.Count > 0)
            throw new StartupException($"The configuration is wrong: {string.Join(" ", errors)}");
    }
}
