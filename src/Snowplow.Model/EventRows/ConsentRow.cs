using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rows;

namespace Snowplow.Model.EventRows;

/// <summary>Writes what <see cref="ConsentColumns"/> has of its own.</summary>
internal static class ConsentRow
{
    public static void WritePreferences(Utf8JsonWriter row, Entity preferences)
    {
        row.Text("event_type"u8, preferences.Utf8("eventType"u8));
        row.Text("basis_for_processing"u8, preferences.Utf8("basisForProcessing"u8));
        row.Text("consent_url"u8, preferences.Utf8("consentUrl"u8));
        row.Text("consent_version"u8, preferences.Utf8("consentVersion"u8));
        WriteArray(row, "consent_scopes"u8, preferences.Array("consentScopes"u8));
        WriteArray(row, "domains_applied"u8, preferences.Array("domainsApplied"u8));
        if (preferences.Boolean("gdprApplies"u8) is { } applies) row.WriteBoolean("gdpr_applies"u8, applies);
    }

    public static void WriteCmpVisible(Utf8JsonWriter row, Entity visible)
    {
        if (visible.Number("elapsedTime"u8) is { } seconds && double.IsFinite(seconds)) row.WriteNumber("cmp_load_time"u8, seconds);
    }

    private static void WriteArray(Utf8JsonWriter row, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return;
        row.WritePropertyName(name);
        row.WriteRawValue(json, skipInputValidation: true);
    }
}
