using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Partition;

/// <summary>
/// Keeps every partition active: pings each, which activates it wherever it has ended, and when the host stops
/// drains all, or in a cluster those of this silo. Register it behind the silo, so that it stops first.
/// </summary>
public sealed class PartitionSupervisor(IGrainFactory grains, PipelineServices services, ILogger<PartitionSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(1);

    private readonly PartitionStatus?[] _statuses = new PartitionStatus?[services.Stream.PartitionCount];
    private readonly long?[] _behindSince = new long?[services.Stream.PartitionCount];

    /// <summary>Where each partition stood at its last answer; null before the first.</summary>
    public IReadOnlyList<PartitionStatus?> Statuses => _statuses;

    /// <summary>Raw records of all partitions that have not landed, and for how long a partition has not caught up at most: what scales by lag.</summary>
    public (long Records, TimeSpan Time) Lag => (
        _statuses.Sum(status => status is null ? 0 : Math.Max(0, status.RawEnd - status.LandedUpTo)),
        _behindSince.Max(since => since is { } begin ? services.Time.GetElapsedTime(begin) : TimeSpan.Zero));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PingInterval, services.Time);
        try
        {
            // A ping may wait for a silo that is gone; the stop does not.
            do await Task.WhenAll(Enumerable.Range(0, _statuses.Length).Select(number => PingAsync(number, stoppingToken))).WaitAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        logger.LogInformation("Draining the partitions");
        var draining = services.Here?.LeaveAsync(NotDrained) ?? Task.WhenAll(Enumerable.Range(0, _statuses.Length).Select(DrainAsync));
        await draining.WaitAsync(cancellationToken);
    }

    private PartitionName Name(int number) => new(services.Stream.Identity, number);

    private IPartitionGrain Grain(int number) => grains.GetGrain<IPartitionGrain>(Name(number).ToString());

    private async Task PingAsync(int number, CancellationToken stoppingToken)
    {
        try
        {
            var status = await Grain(number).GetStatus();
            _statuses[number] = status;
            _behindSince[number] = status.RawEnd > status.LandedUpTo ? _behindSince[number] ?? services.Time.GetTimestamp() : null;
            PipelineMetrics.SetStatus(status);
        }
        catch (Exception failure)
        {
            if (!stoppingToken.IsCancellationRequested) logger.LogWarning(failure, "Partition {Number} does not answer; the next ping tries again", number);
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
            NotDrained(Name(number), failure);
        }
    }

    private void NotDrained(PartitionName partition, Exception failure) =>
        logger.LogWarning(failure, "Partition {Partition} did not drain; its unfinished range is replayed at the next start", partition);
}
