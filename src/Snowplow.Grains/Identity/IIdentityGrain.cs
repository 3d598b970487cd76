using System.Collections.Immutable;
using Orleans.Concurrency;
using Snowplow.Grains.Live;
using Snowplow.Model.Identity;

namespace Snowplow.Grains.Identity;

/// <summary>One identity. The key is the identity's (<see cref="IdentityKey"/>), such as <c>user_id:jo</c>.</summary>
[Alias("Snowplow.IIdentityGrain")]
public interface IIdentityGrain : IGrainWithStringKey
{
    /// <summary>Takes what users of the identity, present and former, tell; writes the state if it has changed and answers the identity's rows, in one turn.</summary>
    /// <param name="users">What users tell in this checkpoint; older revisions than known are ignored.</param>
    [Alias("Checkpoint")]
    Task<IdentityCheckpoint> Checkpoint(ImmutableArray<UserIdentitySummary> users);

    /// <summary>The identity's live state, or null where nothing is known of it.</summary>
    [Alias("Find")]
    [AlwaysInterleave]
    Task<LiveRow?> Find();
}
