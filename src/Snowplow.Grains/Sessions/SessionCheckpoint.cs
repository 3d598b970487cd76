using System.Collections.Immutable;
using Snowplow.Model.Sessions;

namespace Snowplow.Grains.Sessions;

/// <summary>A session grain's answer to a checkpoint.</summary>
/// <param name="IsBehind">Whether the grain lacks a batch that it was sent: the partition replays its range.</param>
/// <param name="Rows">From written state only; empty when behind.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.SessionCheckpoint")]
public sealed record SessionCheckpoint([property: Id(0)] bool IsBehind, [property: Id(1)] ImmutableArray<SessionRow> Rows)
{
    /// <summary>The answer of a grain that lacks a batch.</summary>
    public static readonly SessionCheckpoint Behind = new(true, []);
}
