using System.Collections.Immutable;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules;

/// <summary>Puts events into named groups: the first rule that holds names the group. Immutable.</summary>
/// <param name="Rules">The rules, in the order in which they are asked. Several may have one name.</param>
/// <param name="Otherwise">The group of events for which none holds.</param>
internal sealed record GroupRules(ImmutableArray<GroupRule> Rules, string Otherwise)
{
    /// <summary>The name of an event's group.</summary>
    public string Of(in RuleEvent e)
    {
        foreach (var rule in Rules)
        {
            if (rule.When.Holds(e)) return rule.Name;
        }

        return Otherwise;
    }
}
