using System.Collections.Immutable;

namespace Snowplow.Grains.Live;

/// <summary>A landed and modelled batch, in brief.</summary>
/// <param name="Partition">The partition's name.</param>
/// <param name="From">The first raw position.</param>
/// <param name="UpTo">The end.</param>
/// <param name="Good">The number of enriched events.</param>
/// <param name="Bad">The number of bad rows.</param>
/// <param name="Events">The first events, at most <see cref="LivePublisher.MaxEvents"/>.</param>
/// <param name="BadRows">The first bad rows, at most <see cref="LivePublisher.MaxBadRows"/>.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.LiveBatch")]
public sealed record LiveBatch(
    [property: Id(0)] string Partition,
    [property: Id(1)] long From,
    [property: Id(2)] long UpTo,
    [property: Id(3)] int Good,
    [property: Id(4)] int Bad,
    [property: Id(5)] ImmutableArray<LiveEvent> Events,
    [property: Id(6)] ImmutableArray<LiveBadRow> BadRows);
