using System.Text.Json.Serialization;
using Snowplow.Model.Events;
using Snowplow.Model.Rules.Fields;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Profiles;

/// <summary>What is kept of one group for one key.</summary>
internal sealed class GroupState
{
    /// <summary>The newest time of an event that an attribute took; before the first the beginning of time.</summary>
    [JsonPropertyName("l")]
    public long LastMs { get; set; } = NoEvent;

    /// <summary>As written, by <see cref="ProfileAttribute.Fingerprint"/>.</summary>
    [JsonPropertyName("a")]
    public Dictionary<ulong, AttributeState> ByFingerprint { get; set; } = [];

    /// <summary>In the order of the group's attributes.</summary>
    [JsonIgnore]
    public AttributeState[] Attributes { get; private set; } = [];

    /// <summary>Whether an event has been taken.</summary>
    [JsonIgnore]
    public bool HasEvents => LastMs != NoEvent;

    // Half of the range, so that times can be subtracted from each other.
    private const long NoEvent = long.MinValue / 2;

    /// <summary>Goes on by a group's rules: what is kept of attributes that are as they were stays, and of others goes.</summary>
    public void Use(AttributeGroup group)
    {
        Attributes = new AttributeState[group.Attributes.Length];
        for (var i = 0; i < Attributes.Length; i++)
            Attributes[i] = ByFingerprint.GetValueOrDefault(group.Attributes[i].Fingerprint) ?? new AttributeState();
        Keep(group);
    }

    /// <summary>Takes an event, as far as the attributes take it.</summary>
    public void Fold(AttributeGroup group, in RuleEvent e, in EventOrder order, Sighting sighting, long countedAtMs, long watermarkMs)
    {
        if (group.Ttl is not null && !Prepare(group, e, order.DerivedMs)) return;
        for (var i = 0; i < Attributes.Length; i++)
        {
            var attribute = group.Attributes[i];
            if (!attribute.Takes(e)) continue;
            LastMs = Math.Max(LastMs, order.DerivedMs);
            var observation = new Observation(order, attribute.ReadValue(e), attribute.ValueType);
            Attributes[i].Fold(attribute, observation, sighting, countedAtMs, watermarkMs);
        }
    }

    // An event after the time to live begins a new life; one of a former life comes too late.
    private bool Prepare(AttributeGroup group, in RuleEvent e, long timeMs)
    {
        if (!group.Takes(e) || group.IsExpired(timeMs, LastMs)) return false;
        if (!HasEvents || !group.IsExpired(LastMs, timeMs)) return true;
        for (var i = 0; i < Attributes.Length; i++) Attributes[i] = new AttributeState();
        Keep(group);
        return true;
    }

    private void Keep(AttributeGroup group)
    {
        ByFingerprint.Clear();
        for (var i = 0; i < Attributes.Length; i++) ByFingerprint[group.Attributes[i].Fingerprint] = Attributes[i];
    }
}
