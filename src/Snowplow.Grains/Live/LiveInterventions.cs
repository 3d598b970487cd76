using System.Collections.Immutable;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Live;

/// <summary>Interventions as they are told; those of one profile in their order.</summary>
/// <param name="Interventions">The interventions.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.LiveInterventions")]
public sealed record LiveInterventions([property: Id(0)] ImmutableArray<Intervention> Interventions);
