using System.Text;
using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Users;

/// <summary>What a consent_preferences event said. Arrays are JSON as the event has it, up to 4 KiB.</summary>
internal sealed record ConsentChoice
{
    private const int MaxJson = 4096;

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

    public static ConsentChoice Of(in EventFacts e)
    {
        var choice = new ConsentChoice { Order = e.FullOrder, GeoCountry = e.Text(EventField.GeoCountry) };
        if (!EntityReader.TryReadUnstructEvent(e.Line[EventField.UnstructEvent], out var preferences)) return choice;
        return choice with
        {
            EventType = preferences.Text("eventType"u8),
            Scopes = Json(preferences.Array("consentScopes"u8)),
            Version = preferences.Text("consentVersion"u8),
            Url = preferences.Text("consentUrl"u8),
            Domains = Json(preferences.Array("domainsApplied"u8)),
            Basis = preferences.Text("basisForProcessing"u8),
        };
    }

    private static string? Json(ReadOnlySpan<byte> array) => array.IsEmpty || array.Length > MaxJson ? null : Encoding.UTF8.GetString(array);
}
