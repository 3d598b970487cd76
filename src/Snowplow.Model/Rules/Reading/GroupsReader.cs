using System.Collections.Immutable;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads a list of groups, <c>[{"name", "when"}, …]</c>, and the name of what is in none.</summary>
internal static class GroupsReader
{
    /// <summary>How many rules a list may have.</summary>
    public const int MaxGroups = 200;

    /// <summary>The greatest length of a group's name, in UTF-16 units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Reads both; what is not given is as in the default rules. Null where it is nowhere.</summary>
    public static GroupRules? Read(RuleNode? list, RuleNode? otherwise, ConditionReader conditions, GroupRules? defaults)
    {
        var rules = list is null ? defaults?.Rules : ReadRules(list, conditions);
        var name = otherwise is null ? defaults?.Otherwise : otherwise.Text(MaxNameLength);
        return rules is { } array && name is not null ? new GroupRules(array, name) : null;
    }

    private static ImmutableArray<GroupRule> ReadRules(RuleNode list, ConditionReader conditions)
    {
        var rules = ImmutableArray.CreateBuilder<GroupRule>();
        foreach (var item in list.Items(MaxGroups) ?? [])
        {
            if (item.Members("name", "when") is not { } members) continue;
            var name = item.Required(members, "name")?.Text(MaxNameLength);
            var when = item.Required(members, "when") is { } condition ? conditions.Read(condition) : null;
            if (name is not null && when is not null) rules.Add(new GroupRule(name, when));
        }

        return rules.DrainToImmutable();
    }
}
