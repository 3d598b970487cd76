using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Snowplow.Azure.Blobs;

/// <summary>
/// Work that one silo at a time does: the one that holds the lease of a blob. It is lost with the silo within a minute, and given back at an
/// orderly end. What is done under it must bear that a silo which stood still goes on for a moment beside its successor.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="name">The blob, created where it is absent.</param>
/// <param name="time">The clock.</param>
internal sealed class BlobLeadership(BlobContainerClient container, string name, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);

    // From the last renewal on: before the service gives the lease to another.
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(45);

    /// <summary>Waits for the lease and works under it, again and again. Ends the work when the lease is lost or not renewed in time.</summary>
    /// <param name="work">The work; it ends when its token says so.</param>
    /// <param name="onFailure">Told of failures, after which the lease is given back and asked for again: a fault of the work must not end the silo.</param>
    /// <param name="stop">Ends it all.</param>
    public async Task RunAsync(Func<CancellationToken, Task> work, Action<Exception> onFailure, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                if (await TryTakeAsync(stop) is { } lease) await WorkAsync(lease, work, stop);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                onFailure(failure);
            }

            await Task.Delay(Renewal, time, stop);
        }
    }

    /// <summary>Works under the lease, once. The work's token ends it when the lease is lost.</summary>
    /// <returns>Whether the lease could be had.</returns>
    public async Task<bool> TryRunAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        if (await TryTakeAsync(stop) is not { } lease) return false;
        await WorkAsync(lease, work, stop);
        return true;
    }

    private async Task<BlobLeaseClient?> TryTakeAsync(CancellationToken stop)
    {
        var blob = container.GetBlobClient(name);
        try
        {
            try
            {
                await blob.UploadAsync(BinaryData.FromString(""), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, stop);
            }
            catch (RequestFailedException there) when (there.Status is 409 or 412)
            {
            }

            var lease = blob.GetBlobLeaseClient();
            await lease.AcquireAsync(Lease, cancellationToken: stop);
            return lease;
        }
        catch (RequestFailedException held) when (held.Status is 409)
        {
            return null;
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, stop))
        {
            throw AzureFailure.Of($"The lease of the blob '{name}' cannot be asked for", failure);
        }
    }

    private async Task WorkAsync(BlobLeaseClient lease, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var renewed = RenewAsync(lease, end);
        try
        {
            await work(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            // Another one leads.
        }
        finally
        {
            await end.CancelAsync();
            await renewed;
            await GiveBackAsync(lease);
        }
    }

    // Ends the work where the lease is lost.
    private async Task RenewAsync(BlobLeaseClient lease, CancellationTokenSource end)
    {
        for (var last = time.GetTimestamp(); !end.IsCancellationRequested;)
        {
            try
            {
                await Task.Delay(Renewal, time, end.Token);
                // From before the request on: the service's time begins between then and the answer.
                var now = time.GetTimestamp();
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                limit.CancelAfter(Renewal);
                await lease.RenewAsync(cancellationToken: limit.Token);
                last = now;
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (RequestFailedException lost) when (lost.Status is 409 or 404 or 412)
            {
                await end.CancelAsync();
            }
            catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, CancellationToken.None))
            {
                if (time.GetElapsedTime(last) > TrustedFor - Renewal) await end.CancelAsync();
            }
        }
    }

    // So that the next one need not wait; else the lease ends by itself.
    private static async Task GiveBackAsync(BlobLeaseClient lease)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await lease.ReleaseAsync(cancellationToken: limit.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException || AzureFailure.IsInfrastructure(failure, CancellationToken.None))
        {
        }
    }
}
