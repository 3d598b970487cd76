using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Touches;

/// <summary>The page of an event, in the terms of the canonical event. Null where the event has none.</summary>
internal sealed record PageVisit
{
    [JsonPropertyName("t")]
    public string? Title { get; init; }

    [JsonPropertyName("u")]
    public string? Url { get; init; }

    [JsonPropertyName("h")]
    public string? Urlhost { get; init; }

    [JsonPropertyName("p")]
    public string? Urlpath { get; init; }

    public static PageVisit? Of(in EventFacts e)
    {
        var page = new PageVisit
        {
            Title = e.Text(EventField.PageTitle),
            Url = e.Text(EventField.PageUrl),
            Urlhost = e.Text(EventField.PageUrlhost),
            Urlpath = e.Text(EventField.PageUrlpath),
        };
        return page == Empty ? null : page;
    }

    private static readonly PageVisit Empty = new();
}
