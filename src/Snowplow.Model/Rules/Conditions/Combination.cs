using System.Collections.Immutable;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Several conditions as one: <c>all</c>, <c>any</c> or <c>none</c>, asked in their order until the answer is known.</summary>
/// <param name="conditions">The conditions.</param>
/// <param name="decides">The answer of one condition that decides: false for <c>all</c>, true for the others.</param>
/// <param name="whenDecided">The answer then; the opposite where none decides.</param>
internal sealed class Combination(ImmutableArray<Condition> conditions, bool decides, bool whenDecided) : Condition
{
    public override bool Holds(in RuleEvent e)
    {
        foreach (var condition in conditions)
        {
            if (condition.Holds(e) == decides) return whenDecided;
        }

        return !whenDecided;
    }
}
