using Orleans.Storage;
using Snowplow.Grains;
using Snowplow.Grains.Interventions;
using Snowplow.Grains.Partition;
using Snowplow.Silo.Purge;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.GrainState;
using Snowplow.Storage.Landing;
using Snowplow.Streams.Local;
using Snowplow.Warehouse;

namespace Snowplow.Silo.Serve;

/// <summary>
/// The platform as commands find it that want it to stand still: this build's is a data folder that no server has open. The build with
/// <c>-p:UseAzure=true</c> has another class of this name.
/// </summary>
internal sealed class StoppedPlatform : IDisposable
{
    private readonly DataFolder _folder;
    private readonly SqliteGrainStorage _states;

    private StoppedPlatform(DataFolder folder, LocalRawStreamOptions rawLog)
    {
        _folder = folder;
        RawLog = new PurgedRawLog(rawLog);
        Blobs = new FolderBlobStore(folder.Path);
        History = HistoryOf(folder.Path, Blobs);
        _states = new SqliteGrainStorage(new SqliteGrainStorageOptions { Path = Path.Combine(folder.Path, Platform.StateFile) }, StateJson.Options);
        CompactStates = _states.Compact;
    }

    /// <summary>What has landed.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>The states of grains.</summary>
    public IGrainStorage States => _states;

    /// <summary>How the tables have been made.</summary>
    public ModelHistory History { get; }

    /// <summary>The raw log, as a purge finds it; null where there is no such log.</summary>
    public PurgedRawLog? RawLog { get; }

    /// <summary>Sees to it that what was cleared is in no file of the states any more; null where it is so by itself.</summary>
    public Action? CompactStates { get; }

    /// <summary>What is to be done before all is modelled again; null here, since the embedded warehouse keeps positions of its own.</summary>
    public Func<CancellationToken, Task>? PrepareRemodel { get; }

    /// <summary>How the tables of a data folder have been made.</summary>
    public static ModelHistory HistoryOf(string dataFolder, IBlobStore blobs) => new(blobs, $"Run 'snowplow remodel --data {dataFolder}'");

    /// <summary>Works on it; meanwhile no server can begin.</summary>
    /// <param name="path">The data folder.</param>
    /// <param name="configuration">Says where things are.</param>
    /// <param name="work">The work.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="StartupException">There is no such folder, or a server has it open.</exception>
    public static async Task<T> RunAsync<T>(string path, IConfiguration configuration, Func<StoppedPlatform, CancellationToken, Task<T>> work, CancellationToken stop)
    {
        if (!Directory.Exists(path)) throw new StartupException($"There is no data folder '{path}'. Name it with --data.");
        var settings = new Settings(configuration);
        var rawLog = PlatformOptions.Read(settings, path).Stream;
        settings.Require();
        using var folder = DataFolder.Open(path);
        using var platform = new StoppedPlatform(folder, rawLog);
        return await work(platform, stop).ConfigureAwait(false);
    }

    /// <summary>The keys of all grains that have a state of a name.</summary>
    public ValueTask<IReadOnlyList<string>> KeysOfAsync(string stateName, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_states.KeysOf(stateName));
    }

    /// <summary>Takes away what models have made: rows, states but of partitions and webhooks, tables of the warehouse.</summary>
    public ValueTask DeleteModelsAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        foreach (var table in LandingPath.Tables)
        {
            var files = Path.Combine(_folder.Path, table);
            if (Directory.Exists(files)) Directory.Delete(files, recursive: true);
        }

        WarehouseReset.Models(Path.Combine(_folder.Path, EmbeddedWarehouse.FolderName));
        // What waits for webhooks is nothing that the models make anew.
        _states.DeleteAllBut(PartitionGrain.StateName, WebhookGrain.StateName);
        return ValueTask.CompletedTask;
    }

    /// <summary>Prepares for people to be purged: the warehouse holds what the files hold, and is loaded from them again.</summary>
    public ValueTask PreparePurgeAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        WarehouseReset.All(Path.Combine(_folder.Path, EmbeddedWarehouse.FolderName));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _states.Dispose();
}
