using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>
/// A question about one event that is answered by yes or no. Immutable and thread-safe; answering never fails. Once warm it
/// allocates nothing, unless several threads ask one regular expression at the same time: .NET then makes another matcher.
/// </summary>
internal abstract class Condition
{
    /// <summary>Whether the condition holds for an event.</summary>
    public abstract bool Holds(in RuleEvent e);
}
