using Snowplow.Model.Identity;

namespace Snowplow.Grains.Identity;

/// <summary>An identity grain's answer to a checkpoint, from written state only: UTF-8, one JSON object a line each, empty where there is none.</summary>
/// <param name="IdentityLine">The row of <c>identities</c>.</param>
/// <param name="MergeLines">The rows of <c>identity_merges</c>.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.IdentityCheckpoint")]
public sealed record IdentityCheckpoint([property: Id(0)] byte[] IdentityLine, [property: Id(1)] byte[] MergeLines)
{
    /// <summary>The answer with rows.</summary>
    public static IdentityCheckpoint With(IdentityStateRows rows) => new(rows.IdentityLine, rows.MergeLines);
}
