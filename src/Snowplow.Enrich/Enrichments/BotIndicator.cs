using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>Judges an entity.</summary>
internal delegate bool IsBot(Entity entity);

/// <summary>An entity that can tell a bot.</summary>
/// <param name="Name">Its name among the <c>indicators</c>.</param>
/// <param name="Switch">The parameter of the configuration that makes it count.</param>
/// <param name="Type">The entity.</param>
/// <param name="TrackersMaySay">Whether the entity counts where a tracker sent it.</param>
/// <param name="IsBot">Whether it tells of a bot.</param>
internal sealed record BotIndicator(string Name, string Switch, EntityType Type, bool TrackersMaySay, IsBot IsBot)
{
    /// <summary>All of them, in the order in which they are named.</summary>
    public static readonly IReadOnlyList<BotIndicator> All =
    [
        new("yauaa", "useYauaa", new EntityType("nl.basjes", "yauaa_context", 1), true, entity =>
            IsRobot(entity.Utf8("deviceClass"u8)) || entity.Utf8("deviceClass"u8).SequenceEqual("Robot Imitator"u8) || IsRobot(entity.Utf8("agentClass"u8))),
        new("iab", "useIab", new EntityType("com.iab.snowplow", "spiders_and_robots", 1), false, entity => entity.Boolean("spiderOrRobot"u8) == true),
        new("asnLookups", "useAsnLookups", new EntityType("com.snowplowanalytics.snowplow", "asn", 1), false, entity => entity.Boolean("likelyBot"u8) == true),
        new("clientSideDetection", "useClientSideDetection", new EntityType("com.snowplowanalytics.snowplow", "client_side_bot_detection", 1), true, entity =>
            entity.Boolean("bot"u8) == true),
    ];

    private static bool IsRobot(ReadOnlySpan<byte> agentClass) => agentClass.SequenceEqual("Robot"u8) || agentClass.SequenceEqual("Robot Mobile"u8);
}
