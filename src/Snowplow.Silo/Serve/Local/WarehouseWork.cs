using Snowplow.Warehouse;

namespace Snowplow.Silo.Serve;

/// <summary>
/// The warehouse's work while the server runs. Registered before the work on the partitions, so that it ends behind it: what the last
/// checkpoints bring is written too.
/// </summary>
internal sealed class WarehouseWork(EmbeddedWarehouse warehouse) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => warehouse.RunAsync(stoppingToken), CancellationToken.None);
}
