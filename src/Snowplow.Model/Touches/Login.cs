using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Touches;

/// <summary>The last user_id by the order of events: last login wins.</summary>
internal sealed record Login
{
    [JsonPropertyName("o")]
    public required EventOrder Order { get; init; }

    [JsonPropertyName("u")]
    public required string UserId { get; init; }

    /// <summary>The later of what is kept and a new event, if that has a user_id.</summary>
    public static Login? Last(Login? kept, in EventFacts e)
    {
        var userId = e.Line[EventField.UserId];
        if (userId.IsEmpty || (kept is not null && !e.Follows(kept.Order))) return kept;
        var text = kept is not null && Utf8Text.Equals(userId, kept.UserId) ? kept.UserId : e.Text(EventField.UserId)!;
        return new Login { Order = e.FullOrder, UserId = text };
    }

    /// <summary>The later of two.</summary>
    public static Login? Last(Login? a, Login? b) => a is null ? b : b is null || a.Order.CompareTo(b.Order) >= 0 ? a : b;
}
