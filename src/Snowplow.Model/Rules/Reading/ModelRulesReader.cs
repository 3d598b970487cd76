using System.Collections.Immutable;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads the document of the models' rules, section by section.</summary>
internal static class ModelRulesReader
{
    /// <summary>How many conversions there may be: each makes columns.</summary>
    public const int MaxConversions = 100;

    private const int HourSeconds = 3600;
    private const int DaySeconds = 24 * HourSeconds;

    /// <summary>Reads a user's document, which takes from the default rules what it leaves out.</summary>
    /// <exception cref="ModelRulesException">Something is wrong; it tells all faults.</exception>
    public static ModelRules Read(ReadOnlyMemory<byte> json) => Read(json, ModelRules.Default);

    /// <summary>Reads the document that is built in: it leaves out the version only.</summary>
    public static ModelRules ReadDefault(ReadOnlyMemory<byte> json) => Read(json, null);

    private static ModelRules Read(ReadOnlyMemory<byte> json, ModelRules? defaults)
    {
        var errors = new List<RuleError>();
        var rules = DocumentReader.Read(json, errors) is { } root ? Read(root, defaults) : null;
        return errors.Count == 0 && rules is not null ? rules : throw new ModelRulesException([.. errors]);
    }

    private static ModelRules? Read(RuleNode root, ModelRules? defaults)
    {
        var members = root.Members(
            "version", "heartbeat", "min_visit_length", "sessions", "bot_filter", "content_groups", "content_group_otherwise",
            "channel_groups", "conversions", "identifiers", "attribute_groups", "interventions");
        if (members is null) return null;

        var conditions = new ConditionReader(new FieldPathReader(allowsChannelFields: false));
        var version = ReadVersion(root, members.GetValueOrDefault("version"), defaults);
        var sessions = ReadSessions(members);
        var bots = members.TryGetValue("bot_filter", out var botFilter) ? BotFilterReader.Read(botFilter, defaults?.Bots) : defaults?.Bots;
        var contentGroups = GroupsReader.Read(
            members.GetValueOrDefault("content_groups"), members.GetValueOrDefault("content_group_otherwise"), conditions, defaults?.ContentGroups);
        var channelGroups = members.TryGetValue("channel_groups", out var channels)
            ? ChannelGroupsReader.Read(channels, defaults?.ChannelGroups)
            : defaults?.ChannelGroups;
        var conversions = members.TryGetValue("conversions", out var list) ? ReadConversions(list, conditions) : [];
        var identifiers = members.TryGetValue("identifiers", out var identity) ? IdentifierReader.Read(identity, conditions.Fields) : defaults?.Identifiers ?? [];
        var profiles = ProfilesReader.Read(members.GetValueOrDefault("attribute_groups"), members.GetValueOrDefault("interventions"), conditions);
        if (bots is null || contentGroups is null || channelGroups is null) return null;
        return new ModelRules(bots, contentGroups, channelGroups)
        {
            Version = version, Sessions = sessions, Conversions = conversions, Identifiers = identifiers, Profiles = profiles,
        };
    }

    private static int ReadVersion(RuleNode root, RuleNode? version, ModelRules? defaults)
    {
        if (version is not null) return version.Integer(1, int.MaxValue) ?? 0;
        if (defaults is not null) root.Fault("has no version: write \"version\": 1, and raise it with each change");
        return 0;
    }

    private static SessionRules ReadSessions(IReadOnlyDictionary<string, RuleNode> members)
    {
        var rules = SessionRules.Default;
        var sessions = members.TryGetValue("sessions", out var node) ? node.Members("inactivity_gap", "midnight", "new_campaign", "max_length") : null;
        return rules with
        {
            Heartbeat = Seconds(members, "heartbeat", 1, HourSeconds) ?? rules.Heartbeat,
            MinVisitLength = Seconds(members, "min_visit_length", 0, HourSeconds) ?? rules.MinVisitLength,
            InactivityGap = (sessions is null ? null : Seconds(sessions, "inactivity_gap", 1, DaySeconds)) ?? rules.InactivityGap,
            Midnight = sessions is null || !sessions.TryGetValue("midnight", out var zone) ? rules.Midnight : TimeZone(zone),
            NewCampaign = (sessions is null || !sessions.TryGetValue("new_campaign", out var cuts) ? null : cuts.Boolean()) ?? rules.NewCampaign,
            MaxLength = (sessions is null ? null : Seconds(sessions, "max_length", 60, 7 * DaySeconds)) ?? rules.MaxLength,
        };
    }

    private static TimeSpan? Seconds(IReadOnlyDictionary<string, RuleNode> members, string name, int min, int max) =>
        members.TryGetValue(name, out var node) && node.Integer(min, max) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static ImmutableArray<ConversionRule> ReadConversions(RuleNode list, ConditionReader conditions)
    {
        var conversions = ImmutableArray.CreateBuilder<ConversionRule>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items(MaxConversions) ?? [])
        {
            if (ConversionReader.Read(item, conditions, names) is { } conversion) conversions.Add(conversion);
        }

        return conversions.DrainToImmutable();
    }

    private static TimeZoneInfo? TimeZone(RuleNode node)
    {
        if (node.Text() is not { } id) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)) return zone;
        node.Fault($"is no time zone that this machine knows: '{id}'. Write one of IANA's, such as 'Europe/Berlin' or 'UTC'");
        return null;
    }
}
