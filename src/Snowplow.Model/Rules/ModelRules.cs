using System.Collections.Immutable;
using Snowplow.Events.Enriched;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules.Fields;
using Snowplow.Model.Rules.Reading;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Rules;

/// <summary>
/// All that a user can decide about the models, from one JSON document (<c>docs/model-rules.md</c>). Immutable and
/// thread-safe. Answers are functions of the event alone; giving them never fails and, once warm, allocates nothing.
/// </summary>
public sealed class ModelRules
{
    /// <summary>Puts the parts together; see <see cref="Parse"/>.</summary>
    internal ModelRules(BotFilter bots, GroupRules contentGroups, ChannelGroups channelGroups)
    {
        Bots = bots;
        ContentGroups = contentGroups;
        ChannelGroups = channelGroups;
    }

    /// <summary>The document of the rules that hold without a user's, in UTF-8: something to start from.</summary>
    public static ReadOnlyMemory<byte> DefaultJson { get; } = ReadDefault();

    /// <summary>The rules that hold without a user's: Snowplow's, corrected.</summary>
    public static ModelRules Default { get; } = ModelRulesReader.ReadDefault(DefaultJson);

    /// <summary>The number that the user raises with each change; 0 for the default rules.</summary>
    public int Version { get; internal init; }

    /// <summary>
    /// What rows have as <c>model_generation</c>: the code's (<see cref="ModelVersion.Generation"/>) × 1,000, and how often the
    /// tables have been made anew since. So rows of before never win over rows of after.
    /// </summary>
    public int Generation { get; private init; } = ModelVersion.Generation * 1000;

    /// <summary>The revision after which new states begin: the greatest of states that were purged.</summary>
    public long FirstRevision { get; private init; }

    /// <summary>How sessions are cut and measured.</summary>
    public SessionRules Sessions { get; internal init; } = SessionRules.Default;

    /// <summary>What events are conversions; none by default, at most 100.</summary>
    public ImmutableArray<ConversionRule> Conversions { get; internal init; } = [];

    /// <summary>By what persons are known beyond one device, the one to trust most first; user_id by default, at most 8.</summary>
    public ImmutableArray<Identifier> Identifiers { get; internal init; } = [];

    /// <summary>The live profiles: attribute groups and interventions; none by default.</summary>
    public ProfileRules Profiles { get; internal init; } = ProfileRules.None;

    /// <summary>Tells bots.</summary>
    internal BotFilter Bots { get; }

    /// <summary>The rules of content groups.</summary>
    internal GroupRules ContentGroups { get; }

    /// <summary>The rules of channels.</summary>
    internal ChannelGroups ChannelGroups { get; }

    /// <summary>Reads a document. What it leaves out is as in <see cref="Default"/>.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark; comments and trailing commas are allowed.</param>
    /// <exception cref="ModelRulesException">Something is wrong; it tells all faults.</exception>
    public static ModelRules Parse(ReadOnlyMemory<byte> json) => ModelRulesReader.Read(json);

    /// <summary>The same rules for tables that have been made anew.</summary>
    /// <param name="times">How often, 0 to 999.</param>
    /// <param name="firstRevision">See <see cref="FirstRevision"/>.</param>
    public ModelRules Remodelled(int times, long firstRevision = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(times, 999);
        return new ModelRules(Bots, ContentGroups, ChannelGroups)
        {
            Version = Version, Sessions = Sessions, Conversions = Conversions, Identifiers = Identifiers, Profiles = Profiles,
            Generation = ModelVersion.Generation * 1000 + times, FirstRevision = firstRevision,
        };
    }

    /// <summary>Whether a bot sent an event.</summary>
    public bool IsBot(EnrichedEvent e) => Bots.IsBot(e);

    /// <summary>The kind of content of an event's page.</summary>
    public string ContentGroup(EnrichedEvent e) => ContentGroups.Of(new RuleEvent(e));

    /// <summary>The channel by which an event's visit came, as far as this event tells.</summary>
    public string ChannelGroup(EnrichedEvent e) => ChannelGroups.Of(e);

    private static byte[] ReadDefault()
    {
        using var stream = typeof(ModelRules).Assembly.GetManifestResourceStream("DefaultRules.json")!;
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return json;
    }
}
