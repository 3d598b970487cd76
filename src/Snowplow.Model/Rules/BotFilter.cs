using System.Text.RegularExpressions;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules;

/// <summary>Tells bots by the user agent and by IAB's entity. Thread-safe.</summary>
internal sealed class BotFilter
{
    /// <summary>Takes no event for a bot's.</summary>
    public static readonly BotFilter Off = new(null, usesIab: false);

    private const int Slots = 1024;

    // What is longer is matched each time, so that the answers kept stay below a megabyte or so.
    private const int KeptLength = 1000;

    private static readonly EntityType SpidersAndRobots = new("com.iab.snowplow", "spiders_and_robots", 1);

    // Direct-mapped: events of one visit follow each other. Threads share it without a lock, since a slot is replaced whole.
    private readonly Answer?[] _answers = new Answer?[Slots];

    /// <summary>Prepares the filter.</summary>
    /// <param name="userAgent">What bots' user agents match, by <see cref="Conditions.RulePattern"/>; null to look at none.</param>
    /// <param name="usesIab">Whether the derived entity <c>spiders_and_robots</c> is asked.</param>
    public BotFilter(Regex? userAgent, bool usesIab)
    {
        UserAgent = userAgent;
        UsesIab = usesIab;
    }

    /// <summary>What bots' user agents match, or null.</summary>
    public Regex? UserAgent { get; }

    /// <summary>Whether IAB's entity is asked.</summary>
    public bool UsesIab { get; }

    /// <summary>Whether a bot sent an event. An event without a user agent, such as a server's, is no bot's.</summary>
    public bool IsBot(EnrichedEvent e) => IsBotByUserAgent(e[EventField.Useragent]) || IsBotByIab(e[EventField.DerivedContexts]);

    private bool IsBotByUserAgent(ReadOnlySpan<byte> utf8)
    {
        if (UserAgent is null || utf8.IsEmpty) return false;
        if (utf8.Length > KeptLength) return UserAgent.IsMatch(TextBuffers.Characters(utf8));
        ref var slot = ref _answers[Hash.Of(utf8) % Slots];
        var answer = slot;
        if (answer is null || !utf8.SequenceEqual(answer.UserAgent))
            slot = answer = new Answer(utf8.ToArray(), UserAgent.IsMatch(TextBuffers.Characters(utf8)));
        return answer.IsBot;
    }

    // Most events have no such entity: they cost one search.
    private bool IsBotByIab(ReadOnlySpan<byte> contexts) =>
        UsesIab && contexts.IndexOf("/spiders_and_robots/"u8) >= 0 && EntityReader.TryFind(contexts, SpidersAndRobots, out var entity)
        && entity.Boolean("spiderOrRobot"u8) == true;

    private sealed record Answer(byte[] UserAgent, bool IsBot);
}
