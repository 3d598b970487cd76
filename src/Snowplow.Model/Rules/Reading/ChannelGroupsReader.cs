namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads <c>{"categories": {source: category}, "rules": […], "otherwise": name}</c>.</summary>
internal static class ChannelGroupsReader
{
    /// <summary>How many sources may have a category.</summary>
    public const int MaxSources = 10_000;

    /// <summary>Reads the section; what is not given is as in the default rules. Null, with the faults reported, where it is wrong.</summary>
    public static ChannelGroups? Read(RuleNode node, ChannelGroups? defaults)
    {
        if (node.Members("categories", "rules", "otherwise") is not { } members) return null;
        var categories = members.TryGetValue("categories", out var list) ? ReadCategories(list) : defaults?.Categories;
        var conditions = new ConditionReader(new FieldPathReader(allowsChannelFields: true));
        var groups = GroupsReader.Read(members.GetValueOrDefault("rules"), members.GetValueOrDefault("otherwise"), conditions, defaults?.Groups);
        return categories is null || groups is null ? null : new ChannelGroups(categories, groups);
    }

    private static SourceCategories? ReadCategories(RuleNode node)
    {
        if (node.AnyMembers() is not { } members) return null;
        if (members.Count > MaxSources) node.Fault($"has {members.Count} sources: at most {MaxSources} are allowed");
        var categories = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            if (value.Text() is not { } category) continue;
            var source = name.Trim(' ').ToLowerInvariant();
            if (source.Length == 0) value.Fault("has an empty source: write one, or remove it");
            else if (!categories.TryAdd(source, category)) value.Fault("is given twice, for case does not count: remove one");
        }

        return new SourceCategories(categories);
    }
}
