using Snowplow.Model.Users;

namespace Snowplow.Grains.Users;

/// <summary>A user grain's answer to a checkpoint.</summary>
/// <param name="IsBehind">Whether the grain lacks a batch that it was sent: the partition replays its range.</param>
/// <param name="Row">From written state only; null when behind.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.UserCheckpoint")]
public sealed record UserCheckpoint([property: Id(0)] bool IsBehind, [property: Id(1)] UserRow? Row)
{
    /// <summary>The answer of a grain that lacks a batch.</summary>
    public static readonly UserCheckpoint Behind = new(true, null);
}
