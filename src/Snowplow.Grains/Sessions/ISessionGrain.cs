using Orleans.Concurrency;
using Snowplow.Grains.Live;
using Snowplow.Model;

namespace Snowplow.Grains.Sessions;

/// <summary>
/// One client session, or all server-cut sessions of one user. The key is the session key of its events
/// (<see cref="SessionKey"/>).
/// </summary>
[Alias("Snowplow.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Applies one landed batch's events of this grain, once (contract: ARCHITECTURE.md, "Apply is idempotent").</summary>
    /// <param name="partition">The partition that landed the batch.</param>
    /// <param name="after">The end of the last batch sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The end of this batch.</param>
    /// <param name="events">The batch's events of this grain, in the order of their lines.</param>
    [Alias("Apply")]
    Task<ApplyOutcome> Apply(string partition, long after, long upTo, LandedEvents events);

    /// <summary>Writes the state if it has changed and answers the rows of the range that is being finished.</summary>
    /// <param name="partition">The partition whose range is being finished.</param>
    /// <param name="finished">The start of the range: all before it has been loaded.</param>
    /// <param name="upTo">The end of the last batch sent to this grain.</param>
    [Alias("Checkpoint")]
    Task<SessionCheckpoint> Checkpoint(string partition, long finished, long upTo);

    /// <summary>The live state of one session, or null where this grain has none of that id.</summary>
    /// <param name="sessionIdentifier">The session's identifier as its row has it.</param>
    [Alias("Find")]
    [AlwaysInterleave]
    Task<LiveRow?> Find(string sessionIdentifier);

    /// <summary>The live state of the session that is last in time, or null where this grain has none.</summary>
    [Alias("FindLatest")]
    [AlwaysInterleave]
    Task<LiveRow?> FindLatest();
}
