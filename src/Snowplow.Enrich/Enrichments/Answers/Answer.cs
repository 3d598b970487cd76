namespace Snowplow.Enrich.Enrichments.Answers;

/// <summary>What a service or a database answered. Immutable.</summary>
/// <param name="Entities">The entities that the answer makes; empty for a failure.</param>
/// <param name="Failure">Why there is no answer; null where there is one.</param>
internal sealed record Answer(IReadOnlyList<AnsweredEntity> Entities, string? Failure)
{
    /// <summary>No answer, and why.</summary>
    public static Answer Failed(string why) => new([], why);
}
