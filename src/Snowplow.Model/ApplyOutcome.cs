namespace Snowplow.Model;

/// <summary>What a state did with a landed batch.</summary>
public enum ApplyOutcome
{
    /// <summary>All events of the batch were applied.</summary>
    Applied,

    /// <summary>The state stood at the batch's end or beyond; nothing changed.</summary>
    AlreadyApplied,

    /// <summary>
    /// The state stands short of the batch before this one: an activation was lost with its memory. Nothing changed; the
    /// partition has to send its batches again from the first position not finished.
    /// </summary>
    Behind,
}
