using Microsoft.Extensions.Hosting;

namespace Snowplow.Collector;

/// <summary>
/// The time between the order to stop and the end of service, in which readiness says no and everything is served as
/// before, so that load balancers stop sending before connections are closed.
/// </summary>
internal sealed class Draining(CollectorOptions options, TimeProvider time) : IHostedLifecycleService
{
    private bool _started;
    private volatile bool _begun;

    /// <summary>Whether the server was told to stop.</summary>
    public bool HasBegun => _begun;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        // A server that could not start serves nobody.
        if (!_started || options.PreTerminationPeriod == TimeSpan.Zero) return;
        await Task.Delay(options.PreTerminationPeriod, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
