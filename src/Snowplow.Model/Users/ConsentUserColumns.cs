using System.Collections.Immutable;

namespace Snowplow.Model.Users;

/// <summary>
/// The columns of <c>consent_users</c>: the latest consent of each user who ever expressed one. Key: <c>user_key</c>.
/// Version: (<c>model_generation</c>, <c>revision</c>); readers keep the greatest.
/// </summary>
/// <remarks>
/// Whether the version is the latest one (Snowplow: is_latest_version) depends on all other users and follows at reading:
/// last_consent_version is the one with the greatest last_consent_event_tstamp over all rows.
/// </remarks>
public static class ConsentUserColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("user_key", "string", "the user's key"),
        new("user_identifier", "string", "user_key without the prefix of its kind"),
        new("geo_country", "string", "geo_country of the last consent_preferences event"),
        new("cmp_events", "long", "events cmp_visible, copies once"),
        new("consent_events", "long", "events consent_preferences, copies once"),
        new("last_cmp_event_tstamp", "datetime", "greatest derived_tstamp of cmp_visible"),
        new("last_consent_event_tstamp", "datetime", "derived_tstamp of the last consent_preferences event by the order of events"),
        new("last_consent_event_type", "string", "its eventType"),
        new("last_consent_scopes", "dynamic", "array: its consentScopes"),
        new("last_consent_version", "string", "its consentVersion"),
        new("last_consent_url", "string", "its consentUrl"),
        new("last_domains_applied", "dynamic", "array: its domainsApplied"),
        new("last_processing_basis", "string", "its basisForProcessing"),
        new("inexact_columns", "dynamic", "array: names of columns of this row that were left out because they are longer than 4 KiB"),
        new("model_generation", "long", "version, first part: 1,000 × the generation of the code, plus how often all tables have been made anew"),
        new("revision", "long", "version, second part: the write of the grain's state in which the row last changed"),
    ];
}
