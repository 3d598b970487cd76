using Snowplow.Grains.Partition;

namespace Snowplow.Silo.Api;

/// <summary><c>GET /api/lag</c>: how far the pipeline is behind the collector, for whatever adds silos.</summary>
internal static class LagApi
{
    /// <summary>Maps it. No key is asked for: a scaler has none, and it tells of nobody.</summary>
    public static void MapLag(this WebApplication app) => app.MapGet("/api/lag", (PartitionSupervisor partitions) => Of(partitions.Lag))
        .AllowAnonymous().WithName("lag").WithSummary("How far the pipeline is behind the collector");

    private static LagAnswer Of((long Records, TimeSpan Time) lag) => new(lag.Records, Math.Round(lag.Time.TotalSeconds, 1));
}

/// <summary>How far the pipeline is behind.</summary>
/// <param name="Events">Raw records, of all partitions, that are collected and have not landed.</param>
/// <param name="Seconds">For how long a partition has not caught up, at most.</param>
internal sealed record LagAnswer(long Events, double Seconds);
