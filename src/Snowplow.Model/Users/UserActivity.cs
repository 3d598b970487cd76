using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Rules;
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
    public Touch? Entry { get; set; }

    [JsonPropertyName("l")]
    public Touch? Exit { get; set; }

    [JsonPropertyName("u")]
    public Login? Login { get; set; }

    [JsonPropertyName("w")]
    public bool OnWeb { get; set; }

    [JsonPropertyName("m")]
    public bool OnMobile { get; set; }

    [JsonPropertyName("ui")]
    public RecentValues UserIds { get; set; } = new();

    [JsonPropertyName("di")]
    public RecentValues DeviceIdentifiers { get; set; } = new();

    [JsonPropertyName("ni")]
    public RecentValues NetworkUserids { get; set; } = new();

    [JsonPropertyName("c")]
    public EventCounts Counts { get; set; } = new();

    /// <summary>Takes an event in all but the counts, which copies must not raise.</summary>
    public void Fold(in EventFacts e, ModelRules rules)
    {
        var excerpts = new EventExcerpts(e.Line, rules, Exit?.Device);
        var time = e.Order.DerivedMs;
        StartMs = Math.Min(StartMs, time);
        EndMs = Math.Max(EndMs, time);
        Entry = Touch.Entry(Entry, e, ref excerpts);
        Exit = Touch.Exit(Exit, e, ref excerpts);
        Login = Login.Last(Login, e);
        OnWeb |= e.Line[EventField.Platform].SequenceEqual("web"u8);
        OnMobile |= e.Line[EventField.Platform].SequenceEqual("mob"u8);
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
