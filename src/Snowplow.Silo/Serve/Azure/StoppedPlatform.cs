using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using Snowplow.Azure;
using Snowplow.Azure.Blobs;
using Snowplow.Azure.DataExplorer;
using Snowplow.Azure.GrainState;
using Snowplow.Grains;
using Snowplow.Grains.Partition;
using Snowplow.Silo.Purge;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Serve;

/// <summary>
/// The platform as commands find it that want it to stand still: this build's is a container and an account of tables on which no silo is
/// at work. The settings say which; a data folder has nothing of it.
/// </summary>
internal sealed class StoppedPlatform : IDisposable
{
    private const int DeletesAtOnce = 16;

    private readonly AzureOptions _options;
    private readonly TokenCredential _credential;
    private readonly BlobContainerClient _container;
    private readonly StateTables _states;

    private StoppedPlatform(AzureOptions options, TokenCredential credential, BlobContainerClient container)
    {
        (_options, _credential, _container) = (options, credential, container);
        Blobs = new AzureBlobStore(container);
        History = HistoryOf(Blobs);
        _states = new StateTables(options, credential, StateJson.Options, () => History.GenerationAsync(CancellationToken.None));
        PrepareRemodel = PrepareRemodelAsync;
    }

    /// <summary>What has landed.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>The states of grains.</summary>
    public IGrainStorage States => _states;

    /// <summary>How the tables have been made.</summary>
    public ModelHistory History { get; }

    /// <summary>None here: records are taken out of a hub by its retention alone.</summary>
    public PurgedRawLog? RawLog { get; }

    /// <summary>None here: Table storage keeps nothing that was deleted.</summary>
    public Action? CompactStates { get; }

    /// <summary>What is to be done before all is modelled again.</summary>
    public Func<CancellationToken, Task>? PrepareRemodel { get; }

    /// <summary>How the tables of a container have been made.</summary>
    public static ModelHistory HistoryOf(IBlobStore blobs) => new(blobs, "Stop all silos and run 'snowplow remodel' with their settings");

    /// <summary>Works on it; meanwhile no silo can begin.</summary>
    /// <param name="_">The data folder, which has nothing of it.</param>
    /// <param name="configuration">Says where things are.</param>
    /// <param name="work">The work.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="StartupException">A silo is at work.</exception>
    public static async Task<T> RunAsync<T>(string _, IConfiguration configuration, Func<StoppedPlatform, CancellationToken, Task<T>> work, CancellationToken stop)
    {
        var settings = new Settings(configuration);
        var options = HostingOptions.Read(configuration, settings).Azure;
        settings.Require();
        var credential = AzureOptions.NewCredential();
        var container = options.NewContainer(credential);
        using var platform = new StoppedPlatform(options, credential, container);
        try
        {
            return await StoppedCluster.RunAsync(container, options.NewTables(credential), TimeProvider.System, end => work(platform, end), stop).ConfigureAwait(false);
        }
        catch (ClusterAtWorkException atWork)
        {
            throw new StartupException(atWork.Message);
        }
    }

    /// <summary>The keys of all grains that have a state of a name, but for keys so long that the table has a hash in their place.</summary>
    public ValueTask<IReadOnlyList<string>> KeysOfAsync(string stateName, CancellationToken stop) => _states.KeysOfAsync(stateName, stop);

    /// <summary>Takes away what models have made: rows, and states but of partitions and webhooks. Rows in Data Explorer stay; newer ones outdo them.</summary>
    public async ValueTask DeleteModelsAsync(CancellationToken stop)
    {
        foreach (var table in LandingPath.Tables)
        {
            var files = new List<string>();
            await foreach (var file in Blobs.ListAsync(table + "/", stop).ConfigureAwait(false)) files.Add(file.Name);
            await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = stop }, (file, end) => Blobs.DeleteAsync(file, end)).ConfigureAwait(false);
        }

        await _states.DeleteModelsAsync(stop).ConfigureAwait(false);
    }

    // Which events Data Explorer has already. Before partitions are moved, and again where that was broken off.
    private async Task PrepareRemodelAsync(CancellationToken stop)
    {
        if (_options.Kusto.Cluster is null || await History.GenerationAsync(stop).ConfigureAwait(false) is not { } generation) return;
        var ranges = new Dictionary<string, (long From, long UpTo)>();
        foreach (var key in await KeysOfAsync(PartitionGrain.StateName, stop).ConfigureAwait(false))
        {
            var stored = new GrainState<PartitionState>();
            await States.ReadStateAsync(PartitionGrain.StateName, PartitionGrain.IdOf(PartitionName.Parse(key)), stored).ConfigureAwait(false);
            if (stored.RecordExists) ranges[key] = (stored.State!.From, stored.State.UpTo);
        }

        await RemodelledLoads.NoteAsync(Blobs, generation, await History.NextGenerationAsync(stop).ConfigureAwait(false), ranges, stop).ConfigureAwait(false);
    }

    /// <summary>Prepares for people to be purged: what waits to be loaded into Data Explorer is, since it holds them too.</summary>
    public async ValueTask PreparePurgeAsync(CancellationToken stop)
    {
        if (_options.Kusto.Cluster is null) return;
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        var aside = await DataExplorerService.LoadWaitingAsync(
            _container, http, _options.Kusto.Cluster.Scheme == Uri.UriSchemeHttps ? _credential : null, _options.Kusto, TimeProvider.System, NullLogger.Instance, stop).ConfigureAwait(false);
        if (aside > 0) throw new StartupException($"load/failed/ holds {aside} files that Data Explorer refused, and of whom they are is not known: load or delete them first (docs/azure.md).");
    }

    /// <inheritdoc/>
    public void Dispose() => _states.Dispose();
}
