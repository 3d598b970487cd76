using System.Collections.Immutable;

namespace Snowplow.Model.EventRows;

/// <summary>
/// The columns of <c>consent_log</c>: the events consent_preferences and cmp_visible. Key: <c>event_id</c>. The latest state
/// of each user is in consent_users.
/// </summary>
public static class ConsentColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All = EventRowColumns.Of(
        new("event_type", "string", "eventType: allow_all, allow_selected, pending, deny_all, expired, withdrawn or implicit_consent; null for cmp_visible"),
        new("basis_for_processing", "string", "basisForProcessing"),
        new("consent_url", "string", "consentUrl"),
        new("consent_version", "string", "consentVersion"),
        new("consent_scopes", "dynamic", "array: consentScopes"),
        new("domains_applied", "dynamic", "array: domainsApplied"),
        new("gdpr_applies", "bool", "gdprApplies"),
        new("cmp_load_time", "real", "seconds: elapsedTime of cmp_visible"));
}
