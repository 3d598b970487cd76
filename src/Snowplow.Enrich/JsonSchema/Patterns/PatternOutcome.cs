namespace Snowplow.Enrich.JsonSchema;

/// <summary>What became of matching a pattern.</summary>
internal enum PatternOutcome
{
    NotMatched,
    Matched,

    /// <summary>Given up: the pattern backtracks too much on this text.</summary>
    TimedOut,
}
