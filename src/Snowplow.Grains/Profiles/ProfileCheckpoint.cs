using System.Collections.Immutable;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Profiles;

/// <summary>A profile grain's answer to a checkpoint, from written state only.</summary>
/// <param name="IsBehind">Whether the grain lacks a batch that it was sent: the partition replays its range.</param>
/// <param name="Interventions">What events of the range brought; told again where the range is tried again.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.ProfileCheckpoint")]
public sealed record ProfileCheckpoint([property: Id(0)] bool IsBehind, [property: Id(1)] ImmutableArray<Intervention> Interventions)
{
    /// <summary>The answer of a grain that lacks a batch.</summary>
    public static readonly ProfileCheckpoint Behind = new(true, []);
}
