using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Snowplow.Azure.Blobs;

namespace Snowplow.Azure;

/// <summary>A service of which one runs at a time, on whichever silo holds the lease of a blob.</summary>
/// <param name="container">The container.</param>
/// <param name="name">The blob of the lease.</param>
/// <param name="service">The service, made anew each time this silo leads.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of failures.</param>
public sealed class LedService(BlobContainerClient container, string name, Func<BackgroundService> service, TimeProvider time, ILogger<LedService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new BlobLeadership(container, name, time).RunAsync(
        WorkAsync, failure => log.LogError(failure, "The lease {Name} failed and is asked for again", name), stoppingToken);

    private async Task WorkAsync(CancellationToken end)
    {
        using var led = service();
        await led.StartAsync(end);
        try
        {
            await (led.ExecuteTask ?? Task.CompletedTask).WaitAsync(end);
        }
        finally
        {
            await led.StopAsync(CancellationToken.None);
        }
    }
}
