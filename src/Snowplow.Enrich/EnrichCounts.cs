namespace Snowplow.Enrich;

/// <summary>What became of a payload's events.</summary>
/// <param name="Good">Lines written to the enriched output.</param>
/// <param name="Bad">Bad rows written; a payload that cannot be taken apart counts as one.</param>
/// <param name="Dropped">Events that a user's script dropped, of which nothing is written.</param>
/// <param name="Failed">Lines written to the output of failed events; each has its bad row too.</param>
public readonly record struct EnrichCounts(int Good, int Bad, int Dropped = 0, int Failed = 0)
{
    /// <summary>The counts of both.</summary>
    public static EnrichCounts operator +(EnrichCounts left, EnrichCounts right) =>
        new(left.Good + right.Good, left.Bad + right.Bad, left.Dropped + right.Dropped, left.Failed + right.Failed);
}
