using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Users;

/// <summary>A user's consent: what the last consent_preferences said, and how many there were.</summary>
internal sealed class UserConsent
{
    [JsonPropertyName("c")]
    public long CmpEvents { get; set; }

    [JsonPropertyName("n")]
    public long ConsentEvents { get; set; }

    [JsonPropertyName("m")]
    public long? LastCmpMs { get; set; }

    [JsonPropertyName("l")]
    public ConsentChoice? Last { get; set; }

    [JsonInclude, JsonPropertyName("k")]
    public RowMark Mark;

    /// <summary>Whether an event is of consent.</summary>
    public static bool IsOf(in EventFacts e) => e.Kind == EventKind.Other && (IsPreferences(e) || IsCmpVisible(e));

    /// <summary>Takes an event of consent.</summary>
    /// <param name="e">The event.</param>
    /// <param name="counts">Whether it is no copy of one that has been counted.</param>
    public void Fold(in EventFacts e, bool counts)
    {
        if (IsCmpVisible(e))
        {
            if (counts) CmpEvents++;
            LastCmpMs = Math.Max(LastCmpMs ?? long.MinValue, e.Order.DerivedMs);
            return;
        }

        if (counts) ConsentEvents++;
        if (Last is null || e.Follows(Last.Order)) Last = ConsentChoice.Of(e);
    }

    private static bool IsPreferences(in EventFacts e) => e.Line[EventField.EventName].SequenceEqual("consent_preferences"u8);

    private static bool IsCmpVisible(in EventFacts e) => e.Line[EventField.EventName].SequenceEqual("cmp_visible"u8);
}
