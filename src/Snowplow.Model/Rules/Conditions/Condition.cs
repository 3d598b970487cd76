using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>A question about one event that is answered by yes or no. Immutable; answering never fails and allocates nothing.</summary>
internal abstract class Condition
{
    /// <summary>Whether the condition holds for an event.</summary>
    public abstract bool Holds(in RuleEvent e);
}
