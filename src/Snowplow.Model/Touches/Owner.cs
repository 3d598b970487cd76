using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Touches;

/// <summary>
/// Whose a session is: the user of its first event that has one, so that a visit which begins before consent still finds its
/// user; where no event has one, nobody's.
/// </summary>
internal sealed record Owner
{
    [JsonPropertyName("o")]
    public required EventOrder Order { get; init; }

    [JsonPropertyName("k")]
    public string? UserKey { get; init; }

    [JsonPropertyName("d")]
    public string? DomainUserid { get; init; }

    [JsonPropertyName("n")]
    public string? NetworkUserid { get; init; }

    /// <summary>The earlier of what is kept and a new event.</summary>
    public static Owner First(Owner? kept, in EventFacts e)
    {
        if (kept is not null && ((kept.UserKey is not null) == e.HasUser ? !e.Precedes(kept.Order) : !e.HasUser)) return kept;
        return new Owner
        {
            Order = e.FullOrder,
            UserKey = e.HasUser ? e.UserKey() : null,
            DomainUserid = e.Text(EventField.DomainUserid),
            NetworkUserid = e.Text(EventField.NetworkUserid),
        };
    }

    /// <summary>The earlier of two.</summary>
    public static Owner First(Owner a, Owner b)
    {
        var aIsFirst = (a.UserKey is null) == (b.UserKey is null) ? a.Order.CompareTo(b.Order) <= 0 : a.UserKey is not null;
        return aIsFirst ? a : b;
    }
}
