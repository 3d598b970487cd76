using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Sets;
using Snowplow.Model.Touches;

namespace Snowplow.Model.Users;

/// <summary>What a user's events say of him. All parts are sums, unions, firsts or lasts.</summary>
internal sealed class UserActivity
{
    [JsonPropertyName("s")]
    public long StartMs { get; set; } = long.MaxValue;

    [JsonPropertyName("e")]
    public long EndMs { get; set; } = long.MinValue;

    [JsonPropertyName("f")]
    public EntryTouch? Entry { get; set; }

    [JsonPropertyName("l")]
    public ExitTouch? Exit { get; set; }

    [JsonPropertyName("u")]
    public Login? Login { get; set; }

    [JsonPropertyName("ui")]
    public RecentValues UserIds { get; set; } = new();

    [JsonPropertyName("di")]
    public RecentValues DeviceIdentifiers { get; set; } = new();

    [JsonPropertyName("ni")]
    public RecentValues NetworkUserids { get; set; } = new();

    [JsonPropertyName("c")]
    public EventCounts Counts { get; set; } = new();

    /// <summary>Takes an event in all but the counts, which copies must not raise.</summary>
    public void Fold(in EventFacts e)
    {
        var time = e.Order.DerivedMs;
        StartMs = Math.Min(StartMs, time);
        EndMs = Math.Max(EndMs, time);
        Entry = EntryTouch.First(Entry, e);
        Exit = ExitTouch.Last(Exit, e);
        Login = Login.Last(Login, e);
        UserIds.See(e.Line[EventField.UserId], time);
        See(DeviceIdentifiers, e.Line[EventField.DomainUserid], time);
        See(DeviceIdentifiers, EventEntities.ReadClientSession(e.Line).ClientUserId, time);
        See(NetworkUserids, e.Line[EventField.NetworkUserid], time);
    }

    // The id of anonymity names no device.
    private static void See(RecentValues ids, ReadOnlySpan<byte> id, long timeMs)
    {
        if (UserIdentity.IsKnown(id)) ids.See(id, timeMs);
    }
}
