using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Snowplow.Azure.Blobs;
using Snowplow.Azure.Silos;

namespace Snowplow.Azure;

/// <summary>
/// A cluster without silos, for commands that change what silos rely on. A command claims it by a lease and then looks whether silos are there;
/// a silo joins and then looks whether it is claimed: of a silo and a command that begin together, at least one sees the other.
/// </summary>
public static class StoppedCluster
{
    private const string Claim = "leaders/command";

    // A silo says every half a minute that it is alive. One that was killed never says that it is not.
    private static readonly TimeSpan AliveFor = TimeSpan.FromMinutes(3);

    /// <summary>Whether a command is at work.</summary>
    public static async Task<bool> IsClaimedAsync(BlobContainerClient container, CancellationToken cancellationToken)
    {
        try
        {
            return (await container.GetBlobClient(Claim).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.LeaseState == LeaseState.Leased;
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return false;
        }
    }

    /// <summary>Works while no silo is there and none can begin.</summary>
    /// <exception cref="ClusterAtWorkException">Silos, or another command, are at work; or the claim was lost.</exception>
    /// <exception cref="IOException">The blobs or the tables failed.</exception>
    public static async Task<T> RunAsync<T>(
        BlobContainerClient container, TableServiceClient tables, TimeProvider time, Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        var (isDone, outcome) = (false, default(T)!);
        var isClaimed = await new BlobLeadership(container, Claim, time).TryRunAsync(
            async end =>
            {
                await CheckAsync(tables, time, end);
                outcome = await work(end);
                isDone = true;
            },
            stop);
        if (!isClaimed) throw new ClusterAtWorkException("Another command is at work here. One that was killed counts for a minute.");
        return isDone ? outcome : throw new ClusterAtWorkException("The lease by which silos are kept away was lost. Run the command again.");
    }

    private static async Task CheckAsync(TableServiceClient tables, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var silo in tables.GetTableClient(AzureSilo.SiloTable).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
                if (silo.GetString("Status") is { } status and not "Dead" && silo.Timestamp > time.GetUtcNow() - AliveFor)
                    throw new ClusterAtWorkException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"The silo {silo.RowKey} of the cluster {silo.PartitionKey} is {status}, and was alive at {silo.Timestamp:HH:mm:ss} UTC: stop all silos first (docs/azure.md). One that was killed counts for {AliveFor.TotalMinutes} minutes."));
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            // No silo has ever been here.
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of("The silos of the cluster cannot be looked up", failure);
        }
    }
}
