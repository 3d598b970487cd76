using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Interventions;

/// <summary>An intervention that is to be delivered.</summary>
/// <param name="Intervention">The intervention.</param>
/// <param name="Failures">How many attempts have failed.</param>
/// <param name="Fault">Why it is given up, so that it goes to the dead letters; null where it is to be sent.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.Delivery")]
public sealed record Delivery([property: Id(0)] Intervention Intervention, [property: Id(1)] int Failures, [property: Id(2)] string? Fault);
