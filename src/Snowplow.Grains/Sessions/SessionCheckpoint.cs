using System.Collections.Immutable;
using Snowplow.Model.Sessions;

namespace Snowplow.Grains.Sessions;

/// <summary>A session grain's answer to a checkpoint, from written state only; without rows when behind.</summary>
/// <param name="IsBehind">Whether the grain lacks a batch that it was sent: the partition replays its range.</param>
/// <param name="Sessions">What users are told of the rows of <paramref name="SessionLines"/>.</param>
/// <param name="SessionLines">Rows of <c>sessions</c>: UTF-8, one JSON object a line.</param>
/// <param name="ViewLines">Rows of <c>views</c>, likewise.</param>
/// <param name="ForgottenLine">The row of <c>forgotten</c>, if it has changed.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.SessionCheckpoint")]
public sealed record SessionCheckpoint(
    [property: Id(0)] bool IsBehind,
    [property: Id(1)] ImmutableArray<SessionSummary> Sessions,
    [property: Id(2)] byte[] SessionLines,
    [property: Id(3)] byte[] ViewLines,
    [property: Id(4)] byte[] ForgottenLine)
{
    /// <summary>The answer of a grain that lacks a batch.</summary>
    public static readonly SessionCheckpoint Behind = new(true, [], [], [], []);

    /// <summary>The answer with rows.</summary>
    public static SessionCheckpoint With(SessionStateRows rows) => new(false, rows.Sessions, rows.SessionLines, rows.ViewLines, rows.ForgottenLine);
}
