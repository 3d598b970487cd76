using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Snowplow.Model.Profiles;

namespace Snowplow.Model.Rules.Reading;

/// <summary>
/// Reads the lists of groups, <c>[{"name", "version", "key", "ttl"?, "attributes"}, …]</c>, and of interventions,
/// <c>[{"name", "version", "group", "when"}, …]</c>.
/// </summary>
internal static partial class ProfilesReader
{
    /// <summary>How many groups there may be.</summary>
    public const int MaxGroups = 50;

    /// <summary>How many attributes a group may have.</summary>
    public const int MaxAttributes = 100;

    /// <summary>How many interventions there may be: a set of them has one bit for each.</summary>
    public const int MaxInterventions = 64;

    /// <summary>The longest time to live, in seconds: ten years.</summary>
    public const int MaxTtl = 3653 * 86_400;

    private static readonly string[] OwnKeys = [ProfileKey.User, ProfileKey.Session];

    /// <summary>Reads both lists; a list that is not given is empty.</summary>
    public static ProfileRules Read(RuleNode? groupList, RuleNode? interventionList, ConditionReader conditions)
    {
        var groups = ImmutableArray.CreateBuilder<AttributeGroup>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in groupList?.Items(MaxGroups) ?? [])
        {
            if (ReadGroup(item, conditions, names) is { } group) groups.Add(group);
        }

        var interventions = ImmutableArray.CreateBuilder<InterventionRule>();
        var interventionNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in interventionList?.Items(MaxInterventions) ?? [])
        {
            if (ReadIntervention(item, groups, names, interventionNames) is { } intervention) interventions.Add(intervention);
        }

        return new ProfileRules(groups.DrainToImmutable(), interventions.DrainToImmutable());
    }

    /// <summary>Reads a name of its own kind; null, with the fault reported, where it is wrong or taken.</summary>
    public static string? ReadName(RuleNode node, IReadOnlyDictionary<string, RuleNode> members, HashSet<string> names)
    {
        if (node.Required(members, "name")?.Text() is not { } name) return null;
        if (!Name().IsMatch(name)) members["name"].Fault($"is no name: '{name}'. Write at most 60 small letters, digits and _, a letter first");
        else if (!names.Add(name)) members["name"].Fault($"is given twice: '{name}'. Write another name");
        else return name;
        return null;
    }

    private static AttributeGroup? ReadGroup(RuleNode node, ConditionReader conditions, HashSet<string> names)
    {
        if (node.Members("name", "version", "key", "ttl", "attributes") is not { } members) return null;
        var name = ReadName(node, members, names);
        var version = node.Required(members, "version")?.Integer(1, int.MaxValue);
        var key = node.Required(members, "key") is { } keyNode ? ReadKey(keyNode, conditions.Fields) : null;
        var ttl = members.TryGetValue("ttl", out var seconds) ? seconds.Integer(1, MaxTtl) : null;
        var attributes = ImmutableArray.CreateBuilder<ProfileAttribute>();
        var attributeNames = new HashSet<string>(StringComparer.Ordinal);
        var scope = $"{name}\n{version}";
        var list = node.Required(members, "attributes");
        var items = list?.Items(MaxAttributes);
        if (items is { IsEmpty: true }) list!.Fault("is empty: write an attribute");
        foreach (var item in items ?? [])
        {
            if (AttributeReader.Read(item, conditions, attributeNames, scope) is { } attribute) attributes.Add(attribute);
        }

        if (name is null) return null;
        return new AttributeGroup(name, version ?? 0, key ?? new ProfileKey(ProfileKey.User, null), attributes.DrainToImmutable()) { Ttl = ttl is { } life ? TimeSpan.FromSeconds(life) : null };
    }

    private static ProfileKey? ReadKey(RuleNode node, PathReader fields)
    {
        if (node.Text() is not { } name) return null;
        if (OwnKeys.Contains(name)) return new ProfileKey(name, null);
        if (name.Contains(':', StringComparison.Ordinal))
        {
            node.Fault($"has a colon: '{name}'. Write 'user', 'session' or a field such as user_id");
            return null;
        }

        if (NearestName.Of(name, OwnKeys) is { } nearest)
        {
            node.Fault($"names no key: '{name}'. Did you mean '{nearest}'?");
            return null;
        }

        return fields.Read(node) is { } field ? new ProfileKey(name, field) : null;
    }

    private static InterventionRule? ReadIntervention(
        RuleNode node, IReadOnlyCollection<AttributeGroup> groups, HashSet<string> groupNames, HashSet<string> names)
    {
        if (node.Members("name", "version", "group", "when") is not { } members) return null;
        var name = ReadName(node, members, names);
        var version = node.Required(members, "version")?.Integer(1, int.MaxValue);
        var groupName = node.Required(members, "group")?.Text();
        var group = groups.FirstOrDefault(known => known.Name == groupName);
        if (groupName is not null && !groupNames.Contains(groupName))
        {
            members["group"].Fault(NearestName.Of(groupName, groupNames) is { } nearest
                ? $"names no attribute group: '{groupName}'. Did you mean '{nearest}'?"
                : $"names no attribute group: '{groupName}'. Write the name of one of attribute_groups");
        }

        var when = node.Required(members, "when") is { } condition && group is not null
            ? new ConditionReader(new AttributePathReader(group)).Read(condition)
            : null;
        return name is null || version is not { } number || group is null || when is null ? null : new InterventionRule(name, number, group.Name, when);
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
