using Snowplow.Events.BadRows;

namespace Snowplow.Enrich;

/// <summary>What became of an event.</summary>
/// <param name="Type">The bad row that it becomes; null for a good event.</param>
/// <param name="Messages">Why, for schema violations.</param>
/// <param name="MaxBytes">The limit, for size violations.</param>
internal readonly record struct EventOutcome(BadRowType? Type, IReadOnlyList<FailureMessage> Messages, int MaxBytes)
{
    /// <summary>Enriched without fault.</summary>
    public static readonly EventOutcome Good = new(null, [], 0);

    /// <summary>Dropped by a user's script: nothing is written of it.</summary>
    public static readonly EventOutcome Dropped = new(null, [], 0) { IsDropped = true };

    /// <summary>Whether it is <see cref="Dropped"/>.</summary>
    public bool IsDropped { get; private init; }
}
