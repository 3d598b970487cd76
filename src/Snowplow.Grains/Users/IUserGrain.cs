using System.Collections.Immutable;
using Orleans.Concurrency;
using Snowplow.Grains.Live;
using Snowplow.Model;
using Snowplow.Model.Sessions;

namespace Snowplow.Grains.Users;

/// <summary>One user. The key is the user key of the user's events (<see cref="UserKey"/>), such as <c>d:…</c>.</summary>
[Alias("Snowplow.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Applies one landed batch's events of this user, once (contract: ARCHITECTURE.md, "Apply is idempotent").</summary>
    /// <param name="partition">The partition that landed the batch.</param>
    /// <param name="after">The end of the last batch sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The end of this batch.</param>
    /// <param name="events">The batch's events of this user, in the order of their lines.</param>
    [Alias("Apply")]
    Task<ApplyOutcome> Apply(string partition, long after, long upTo, LandedEvents events);

    /// <summary>Takes what the rows of the user's sessions tell, writes the state if it has changed and answers the user's rows, in one turn.</summary>
    /// <param name="partition">The partition whose range is being finished.</param>
    /// <param name="finished">The start of the range: all before it has been loaded.</param>
    /// <param name="upTo">The end of the last batch sent to this grain, or 0 where only session rows name it.</param>
    /// <param name="sessions">What rows of this user's sessions from the same checkpoint tell; older revisions than known are ignored.</param>
    [Alias("Checkpoint")]
    Task<UserCheckpoint> Checkpoint(string partition, long finished, long upTo, ImmutableArray<SessionSummary> sessions);

    /// <summary>The user's live state, or null where nothing is known of the user.</summary>
    [Alias("Find")]
    [AlwaysInterleave]
    Task<LiveRow?> Find();
}
