using Snowplow.Events.Enriched;
using Snowplow.Model.Rules.Conditions;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules;

/// <summary>What makes an event a conversion, and what it is worth. Immutable.</summary>
public sealed class ConversionRule
{
    private readonly Condition _when;
    private readonly FieldPath? _value;
    private readonly double? _defaultValue;

    internal ConversionRule(string name, Condition when, FieldPath? value, double? defaultValue, bool listEvents)
    {
        Name = name;
        ListEvents = listEvents;
        _when = when;
        _value = value;
        _defaultValue = defaultValue;
    }

    /// <summary>A name for columns, <c>cv_{name}_volume</c> and the like: <c>[a-z][a-z0-9_]{0,39}</c>, unique among the rules.</summary>
    public string Name { get; }

    /// <summary>Whether sessions list the ids of these conversions.</summary>
    public bool ListEvents { get; }

    /// <summary>Whether an event is such a conversion. Never fails; allocates nothing.</summary>
    public bool Matches(EnrichedEvent e) => _when.Holds(new RuleEvent(e));

    /// <summary>What a conversion is worth: the number in the value's field, else the default value, else null.</summary>
    public double? Value(EnrichedEvent e) => _value?.Read(new RuleEvent(e)).TryNumber(out var number) == true ? number : _defaultValue;
}
