using System.Collections.Immutable;

namespace Snowplow.Model.Identity;

/// <summary>
/// The columns of <c>identity_merges</c>: that two persons turned out to be one, in a row that stays. Key: <c>identity</c> and
/// <c>belongs_to</c>. Version: (<c>model_generation</c>, <c>revision</c>).
/// </summary>
/// <remarks>
/// Rows say what was known when a state was written. Where events come late, an identity may belong to others in between, so there
/// may be more rows than one computation over all events would give; the current one of each is in <c>identities</c>.
/// </remarks>
public static class IdentityMergeColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("identity", "string", "the identity that came to belong to another"),
        new("belongs_to", "string", "that one"),
        new("former_belongs_to", "string", "what it belonged to before, or null where it was a person by itself"),
        new("merged_tstamp", "datetime", "derived_tstamp of the first event of a user of the identity with belongs_to"),
        new("model_generation", "long", "version, first part: 1,000 × the generation of the code, plus how often all tables have been made anew"),
        new("revision", "long", "version, second part: the write of the grain's state that found it"),
    ];
}
