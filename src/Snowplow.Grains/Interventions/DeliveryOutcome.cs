namespace Snowplow.Grains.Interventions;

/// <summary>What came of a delivery.</summary>
/// <param name="Id">The intervention's id.</param>
/// <param name="Fault">Why it failed; null where it was delivered, or written to the dead letters.</param>
/// <param name="IsDead">Whether it was written to the dead letters.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.DeliveryOutcome")]
public sealed record DeliveryOutcome([property: Id(0)] string Id, [property: Id(1)] string? Fault, [property: Id(2)] bool IsDead);
