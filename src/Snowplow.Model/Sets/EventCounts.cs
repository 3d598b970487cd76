using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Sets;

/// <summary>How many events: in all, page views, errors, and by name. Counts can be taken back, for a copy that moves its count.</summary>
internal sealed class EventCounts
{
    [JsonPropertyName("n")]
    public long Total { get; set; }

    [JsonPropertyName("p")]
    public long PageViews { get; set; }

    [JsonPropertyName("e")]
    public long AppErrors { get; set; }

    [JsonPropertyName("f")]
    public long FatalAppErrors { get; set; }

    [JsonPropertyName("c")]
    public NameCounts ByName { get; set; } = new();

    public void Add(in EventFacts e, int count)
    {
        Total += count;
        if (e.Kind == EventKind.PageView) PageViews += count;
        if (e.IsAppError)
        {
            AppErrors += count;
            if (AppError.IsFatal(e.Line)) FatalAppErrors += count;
        }

        ByName.Add(e.Line[EventField.EventName], count);
    }

    public void Add(EventCounts other)
    {
        Total += other.Total;
        PageViews += other.PageViews;
        AppErrors += other.AppErrors;
        FatalAppErrors += other.FatalAppErrors;
        ByName.Add(other.ByName);
    }
}
