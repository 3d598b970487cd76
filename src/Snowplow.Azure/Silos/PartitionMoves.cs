using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Snowplow.Grains;
using Snowplow.Grains.Partition;
using Snowplow.Storage.Landing;

namespace Snowplow.Azure.Silos;

/// <summary>
/// Lets go of partitions that belong to another silo since silos came or went: each finishes its range, and the next ping starts it where it belongs.
/// </summary>
internal sealed class PartitionMoves(
    ISiloStatusOracle silos, LeavingSilos leaving, ILocalSiloDetails here, PipelineServices services, PartitionsHere partitions, TimeProvider time, ILogger<PartitionMoves> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        // Moves wait until the silos have been the same for two looks: those that start come one after the other.
        string[] before = [];
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            string[] active = [.. leaving.Staying([.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys]).Select(silo => silo.ToParsableString()).Order(StringComparer.Ordinal)];
            if (active.Length > 0 && active.SequenceEqual(before)) await LetGoAsync(active, stoppingToken);
            before = active;
        }
    }

    private async Task LetGoAsync(string[] active, CancellationToken stop)
    {
        var homes = PartitionHomes.Of(services.Stream.PartitionCount, active);
        for (var number = 0; number < homes.Length && !stop.IsCancellationRequested; number++)
        {
            if (homes[number] == here.SiloAddress.ToParsableString()) continue;
            var partition = new PartitionName(services.Stream.Identity, number);
            try
            {
                if (!partitions.Contains(partition)) continue;
                if (log.IsEnabled(LogLevel.Information)) log.LogInformation("Partition {Partition} moves to the silo {Silo}", partition, homes[number]);
                await partitions.LetGoAsync(partition);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                log.LogWarning(failure, "Partition {Partition} did not move; the next look tries again", partition);
            }
        }
    }
}
