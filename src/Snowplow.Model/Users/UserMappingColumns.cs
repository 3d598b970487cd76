using System.Collections.Immutable;

namespace Snowplow.Model.Users;

/// <summary>
/// The columns of <c>user_mapping</c>: whom a device or cookie belongs to, by the last login. Key: <c>user_key</c>. Version:
/// (<c>model_generation</c>, <c>revision</c>); readers keep the greatest.
/// </summary>
/// <remarks>
/// Stitching is done by the reader: <c>stitched_user_id</c> of a session, view or event row is user_mapping's user_id for
/// its user_key, else its user_identifier. So a login shows in all history at once, and nothing is rewritten.
/// </remarks>
public static class UserMappingColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("user_key", "string", "the user's key"),
        new("user_identifier", "string", "user_key without the prefix of its kind"),
        new("user_id", "string", "last non-null user_id by the order of events: last login wins"),
        new("end_tstamp", "datetime", "derived_tstamp of the last event with that user_id that decided it"),
        new("model_generation", "long", "version, first part: 1,000 × the generation of the code, plus how often all tables have been made anew"),
        new("revision", "long", "version, second part: the write of the grain's state in which the row last changed"),
    ];
}
