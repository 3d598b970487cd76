using Snowplow.Grains.Partition;

namespace Snowplow.Silo.Serve;

/// <summary>
/// Begins the work on the partitions once the whole server has started, so that one which cannot listen touches none.
/// Registered between silo and web server: at the stop requests end first, then the partitions drain, then the silo stops.
/// </summary>
internal sealed class PartitionWork(PartitionSupervisor supervisor) : IHostedLifecycleService
{
    private bool _begun;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        return supervisor.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _begun ? supervisor.StopAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
