using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Profiles;

/// <summary>What an attribute sees of an event. The value is a view, as <see cref="FieldValue"/> says.</summary>
/// <param name="order">The event's order, with the profile's time of it for its first part.</param>
/// <param name="value">The value; missing where the attribute names no property.</param>
/// <param name="type">How the value's text is to be read.</param>
internal readonly ref struct Observation(EventOrder order, FieldValue value, FieldType type)
{
    public EventOrder Order { get; } = order;

    public long TimeMs => Order.DerivedMs;

    public FieldValue Value { get; } = value;

    public FieldType Type { get; } = type;
}
