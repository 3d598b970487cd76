using System.Text;
using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Users;

/// <summary>What a consent_preferences event said. Arrays are JSON as the event has it. What is longer than 4 KiB is left out; see <see cref="LeftOut"/>.</summary>
internal sealed record ConsentChoice
{
    private const int MaxBytes = 4096;

    [JsonPropertyName("o")]
    public required EventOrder Order { get; init; }

    [JsonPropertyName("t")]
    public string? EventType { get; init; }

    [JsonPropertyName("s")]
    public string? Scopes { get; init; }

    [JsonPropertyName("v")]
    public string? Version { get; init; }

    [JsonPropertyName("u")]
    public string? Url { get; init; }

    [JsonPropertyName("d")]
    public string? Domains { get; init; }

    [JsonPropertyName("b")]
    public string? Basis { get; init; }

    [JsonPropertyName("c")]
    public string? GeoCountry { get; init; }

    /// <summary>Columns that were too long to be kept.</summary>
    [JsonPropertyName("x")]
    public List<string>? LeftOut { get; init; }

    public static ConsentChoice Of(in EventFacts e)
    {
        var choice = new ConsentChoice { Order = e.FullOrder, GeoCountry = e.Text(EventField.GeoCountry) };
        if (!EntityReader.TryReadUnstructEvent(e.Line[EventField.UnstructEvent], out var preferences)) return choice;
        var leftOut = new List<string>();
        return choice with
        {
            EventType = Kept(preferences.Utf8("eventType"u8), "last_consent_event_type", leftOut),
            Scopes = Kept(preferences.Array("consentScopes"u8), "last_consent_scopes", leftOut),
            Version = Kept(preferences.Utf8("consentVersion"u8), "last_consent_version", leftOut),
            Url = Kept(preferences.Utf8("consentUrl"u8), "last_consent_url", leftOut),
            Domains = Kept(preferences.Array("domainsApplied"u8), "last_domains_applied", leftOut),
            Basis = Kept(preferences.Utf8("basisForProcessing"u8), "last_processing_basis", leftOut),
            LeftOut = leftOut.Count == 0 ? null : leftOut,
        };
    }

    private static string? Kept(ReadOnlySpan<byte> utf8, string column, List<string> leftOut)
    {
        if (utf8.Length > MaxBytes) leftOut.Add(column);
        return utf8.IsEmpty || utf8.Length > MaxBytes ? null : Encoding.UTF8.GetString(utf8);
    }
}
