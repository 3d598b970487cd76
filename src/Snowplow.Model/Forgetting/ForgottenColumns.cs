using System.Collections.Immutable;

namespace Snowplow.Model.Forgetting;

/// <summary>
/// The columns of <c>forgotten</c>, in order. Key: <c>kind</c> and <c>key</c>. Version: (<c>model_generation</c>, <c>revision</c>).
/// </summary>
/// <remarks>
/// A state does not know all rows that it ever wrote (it is bounded), so what was forgotten is told by the key that all of them have.
/// </remarks>
public static class ForgottenColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("kind", "string", "session: rows of sessions and views with this session_key are meant; user: rows of users, user_mapping and consent_users with this user_key"),
        new("key", "string", "the session_key or user_key"),
        new("forgotten_at", "datetime", "what was collected by then is forgotten: rows of tables of events with collector_tstamp at or before it are meant, too, if their user_key or, where they have none, their session_key is key"),
        new("model_generation", "long", "version, first part: 1,000 × the generation of the code, plus how often all tables have been made anew"),
        new("revision", "long", "version, second part: the write that emptied the grain's state; rows of a lesser version are forgotten"),
    ];
}
