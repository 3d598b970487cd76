using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Partition;

/// <summary>
/// Keeps every partition active: pings each, which activates it wherever it has ended, and drains all when the host
/// stops. Register it behind the silo, so that it stops first.
/// </summary>
public sealed class PartitionSupervisor(IGrainFactory grains, PipelineServices services, ILogger<PartitionSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(1);

    private readonly PartitionStatus?[] _statuses = new PartitionStatus?[services.Stream.PartitionCount];

    /// <summary>Where each partition stood at its last answer; null before the first.</summary>
    public IReadOnlyList<PartitionStatus?> Statuses => _statuses;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PingInterval, services.Time);
        do
        {
            await Task.WhenAll(Enumerable.Range(0, _statuses.Length).Select(PingAsync));
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        logger.LogInformation("Draining the partitions");
        await Task.WhenAll(Enumerable.Range(0, _statuses.Length).Select(DrainAsync)).WaitAsync(cancellationToken);
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private IPartitionGrain Grain(int number) => grains.GetGrain<IPartitionGrain>(new PartitionName(services.Stream.Identity, number).ToString());

    private async Task PingAsync(int number)
    {
        try
        {
            var status = await Grain(number).GetStatus();
            _statuses[number] = status;
            PipelineMetrics.SetStatus(status);
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "Partition {Number} does not answer; the next ping tries again", number);
        }
    }

    private async Task DrainAsync(int number)
    {
        try
        {
            await Grain(number).Drain();
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "Partition {Number} did not drain; its unfinished range is replayed at the next start", number);
        }
    }
}
