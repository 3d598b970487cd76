using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Behaviour;
using Orleans.Storage;
using Snowplow.Enrich;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Grains.Live;
using Snowplow.Grains.Partition;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.GrainState;
using Snowplow.Storage.Landing;
using Snowplow.Streams.Local;

namespace Snowplow.Grains.Tests.Pipeline;

/// <summary>
/// The pipeline on the engine at hand, with its log, files and states in a folder. All silos of a cluster share them: the
/// stream, the folder and the database are for one process.
/// </summary>
internal sealed class RunningPipeline : IAsyncDisposable
{
    private readonly LocalRawStream _stream;
    private readonly SqliteGrainStorage _states;
    private readonly IgluResolver _resolver;
    private readonly PartitionSupervisor _supervisor;
    private bool _isStopped;

    private RunningPipeline(LocalRawStream stream, SqliteGrainStorage states, IgluResolver resolver, PipelineServices services, IGrainEngine engine)
    {
        _stream = stream;
        _states = states;
        _resolver = resolver;
        Engine = engine;
        Blobs = services.Blobs;
        // A silo's own: a client of the cluster would wait for a lost silo's answer until it times out.
        Grains = engine.Services.GetRequiredService<IGrainFactory>();
        _supervisor = new PartitionSupervisor(Grains, services, NullLogger<PartitionSupervisor>.Instance);
    }

    /// <summary>The engine that the grains run on.</summary>
    public IGrainEngine Engine { get; }

    /// <summary>Calls the grains, as the code around them does.</summary>
    public IGrainFactory Grains { get; }

    /// <summary>Where everything lands.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>Grain states, as the grains last wrote them.</summary>
    public IGrainStorage States => _states;

    /// <summary>Starts over what the folder holds.</summary>
    /// <param name="folder">Where its data lies.</param>
    /// <param name="options">Sizes and intervals.</param>
    /// <param name="configure">Called for each silo, behind the pipeline's own registrations, with what these gave it.</param>
    public static async Task<RunningPipeline> StartAsync(
        string folder, PipelineOptions options, Action<ISiloBuilder, PipelineServices, IGrainStorage>? configure = null)
    {
        var stream = LocalRawStream.Open(
            new LocalRawStreamOptions { Folder = Path.Combine(folder, "raw"), Partitions = 4 }, TimeProvider.System, NullLogger<LocalRawStream>.Instance);
        var states = new SqliteGrainStorage(new SqliteGrainStorageOptions { Path = Path.Combine(folder, "state.db") }, StateJson.Options);
        var resolver = new IgluResolver(new IgluOptions(), new HttpClient(), TimeProvider.System);
        var enrich = new EnrichOptions { Processor = new Processor("snowplow-orleans", PipelineCheck.VersionWithFailedEvents), FailedEvents = true };
        var validator = new SelfDescribingValidator(resolver);
        var enrichments = EnrichmentSet.Load(enrich, new HttpClient(), validator, TimeProvider.System);
        var services = new PipelineServices(
            stream, new FolderBlobStore(Path.Combine(folder, "blobs")),
            () => new EnrichPipeline(enrich, enrichments, validator, TimeProvider.System), ProfileCheck.Rules, TimeProvider.System, options);
        var engine = await GrainEngine.StartAsync(silo =>
        {
            silo.AddMemoryGrainStorage("PubSubStore").AddMemoryStreams(LiveFeed.ProviderName);
            // As an instance: no silo that stops disposes of what the others still use.
            silo.Services.AddKeyedSingleton<IGrainStorage>(PipelineServices.StateStorage, states);
            silo.Services.AddSingleton(ProfileCheck.Rules).AddSingleton(services);
            configure?.Invoke(silo, services, states);
        });
        var pipeline = new RunningPipeline(stream, states, resolver, services, engine);
        await pipeline._supervisor.StartAsync(CancellationToken.None);
        return pipeline;
    }

    /// <summary>Appends a request as the collector does: completes when it is durable.</summary>
    public ValueTask AppendAsync(TrackedPayload payload) =>
        _stream.AppendAsync(payload.PartitionKey, payload.PayloadId, payload.Thrift, CancellationToken.None);

    /// <summary>Waits until all that was appended has landed and is in the memory of its grains.</summary>
    public async Task UntilLandedAsync()
    {
        for (var number = 0; number < _stream.PartitionCount; number++)
        {
            var partition = Grains.GetGrain<IPartitionGrain>(new PartitionName(_stream.Identity, number).ToString());
            var end = await _stream.GetEndAsync(number, CancellationToken.None);
            await Eventually.HoldsAsync($"partition {number} has landed up to {end}", async () => (await partition.GetStatus()).LandedUpTo >= end);
        }
    }

    /// <summary>Where each partition stands.</summary>
    public async Task<IReadOnlyList<PartitionStatus>> StatusesAsync() =>
        await Task.WhenAll(Enumerable.Range(0, _stream.PartitionCount).Select(number =>
            Grains.GetGrain<IPartitionGrain>(new PartitionName(_stream.Identity, number).ToString()).GetStatus()));

    /// <summary>Drains and stops, as a process does that is told to.</summary>
    public async Task StopAsync()
    {
        if (_isStopped) return;
        _isStopped = true;
        await _supervisor.StopAsync(CancellationToken.None);
        _supervisor.Dispose();
        await Engine.DisposeAsync();
        _states.Dispose();
        _resolver.Dispose();
        await _stream.DisposeAsync();
    }

    /// <summary>Checks the files and rows of the stopped pipeline: all of these requests, each once, and nothing else.</summary>
    public async Task AssertAllIsThereAsync(IReadOnlyList<TrackedPayload> traffic)
    {
        var wrong = await new PipelineCheck(Blobs, traffic.SelectMany(payload => payload.EventIds).ToHashSet(), [], ProfileCheck.Rules).FindAsync();
        wrong.ShouldBeEmpty(string.Join('\n', wrong.Take(10)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();
}
