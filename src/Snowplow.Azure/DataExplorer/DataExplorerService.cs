using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Snowplow.Azure.Blobs;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// Runs on every silo and works on one: brings the database's tables and functions up to date, then loads what partitions put into the queue,
/// every <see cref="DataExplorerOptions.LoadInterval"/>.
/// </summary>
/// <param name="container">The container of blobs.</param>
/// <param name="scripts">The folder of the scripts of <c>infra/kusto</c>.</param>
/// <param name="http">Sends requests to the cluster.</param>
/// <param name="credential">Signs in; null for an emulator.</param>
/// <param name="options">Cluster, database and interval.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of failures.</param>
public sealed class DataExplorerService(
    BlobContainerClient container, string scripts, HttpClient http, TokenCredential? credential, DataExplorerOptions options, TimeProvider time,
    ILogger<DataExplorerService> log) : BackgroundService
{
    private static readonly TimeSpan ScriptPause = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var leadership = new BlobLeadership(container, "load/leader", time);
        return leadership.RunAsync(WorkAsync, failure => log.LogError(failure, "Data Explorer: the queue of loads failed and is tried again"), stoppingToken);
    }

    /// <summary>Loads what waits, for a command while no silo is at work, and leaves no file of it. Goes on until all is loaded.</summary>
    /// <returns>How many files Data Explorer has refused for good, now or before: these are left.</returns>
    /// <exception cref="IOException">The blobs failed.</exception>
    public static async Task<int> LoadWaitingAsync(
        BlobContainerClient container, HttpClient http, TokenCredential? credential, DataExplorerOptions options, TimeProvider time, ILogger log, CancellationToken stop)
    {
        await NewLoader(container, new KustoClient(http, options, credential), options, time, log).LoadWaitingAsync(stop);
        var folder = new LoadFolder(new AzureBlobStore(container));
        await folder.RemoveOrphansAsync((await folder.LastAsync(stop)).Batch, isNobodyAtWork: true, stop);
        return await folder.CountAsideAsync(stop);
    }

    private static DataExplorerLoader NewLoader(BlobContainerClient container, KustoClient kusto, DataExplorerOptions options, TimeProvider time, ILogger log) =>
        new(new AzureBlobStore(container), name => container.GetBlobClient(name).Uri.AbsoluteUri, kusto, options, time, log);

    private async Task WorkAsync(CancellationToken stop)
    {
        var blobs = new AzureBlobStore(container);
        var kusto = new KustoClient(http, options, credential);
        await ApplyAsync(new DatabaseScripts(scripts, blobs, kusto, options), stop);
        var loader = NewLoader(container, kusto, options, time, log);
        for (; ; await Task.Delay(options.LoadInterval, time, stop)) await loader.LoadWaitingAsync(stop);
    }

    private async Task ApplyAsync(DatabaseScripts database, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                if (await database.ApplyAsync(stop)) log.LogInformation("Data Explorer: the scripts of tables, views and functions were run");
                return;
            }
            catch (KustoException failure)
            {
                DataExplorerMetrics.Failed();
                log.LogError(failure, "Data Explorer: the scripts failed and are run again in {Pause}; until then nothing is loaded", ScriptPause);
            }

            await Task.Delay(ScriptPause, time, stop);
        }
    }
}
