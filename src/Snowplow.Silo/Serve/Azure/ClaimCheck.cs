using Azure.Storage.Blobs;
using Snowplow.Azure;

namespace Snowplow.Silo.Serve;

/// <summary>
/// Ends the start of a silo while a command works on the platform that stands still. Registered behind the silo: whoever has joined the
/// cluster is seen by a command that claims it later, and sees the claim of one that came before.
/// </summary>
internal sealed class ClaimCheck(BlobContainerClient container) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await StoppedCluster.IsClaimedAsync(container, cancellationToken).ConfigureAwait(false))
            throw new StartupException($"A command ('snowplow remodel' or 'purge') is at work on the container '{container.Name}': start again when it is through. One that was killed counts for another minute.");
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
