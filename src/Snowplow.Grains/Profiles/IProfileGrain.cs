using Orleans.Concurrency;
using Snowplow.Grains.Live;
using Snowplow.Model;

namespace Snowplow.Grains.Profiles;

/// <summary>
/// The live profiles of one value of one key: all attribute groups of that key. The key is the name of the profile's key, a colon
/// and the value, such as <c>user_id:ann</c> or <c>user:d:…</c>.
/// </summary>
[Alias("Snowplow.IProfileGrain")]
public interface IProfileGrain : IGrainWithStringKey
{
    /// <summary>Applies one landed batch's events of this profile, once (contract: ARCHITECTURE.md, "Apply is idempotent").</summary>
    /// <param name="partition">The partition that landed the batch.</param>
    /// <param name="after">The end of the last batch sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The end of this batch.</param>
    /// <param name="events">The batch's events of this profile, in the order of their lines.</param>
    [Alias("Apply")]
    Task<ApplyOutcome> Apply(string partition, long after, long upTo, LandedEvents events);

    /// <summary>Writes the state if it has changed and answers the interventions that events of the range brought.</summary>
    /// <param name="partition">The partition whose range is being finished.</param>
    /// <param name="finished">The start of the range: all before it has been loaded.</param>
    /// <param name="upTo">The end of the last batch sent to this grain.</param>
    [Alias("Checkpoint")]
    Task<ProfileCheckpoint> Checkpoint(string partition, long finished, long upTo);

    /// <summary>A group's profile, or null where no event of it has arrived.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="nowMs">The time of reading, in milliseconds since 1970: rolling windows end there.</param>
    [Alias("Find")]
    [AlwaysInterleave]
    Task<LiveRow?> Find(string group, long nowMs);
}
