using Snowplow.Events.Enriched;
using Snowplow.Model.Profiles;

namespace Snowplow.Model.Rules.Fields;

/// <summary>
/// An event as conditions see it: its line; for the rules of channels, where its visit came from; for interventions, a profile.
/// </summary>
internal readonly ref struct RuleEvent
{
    public RuleEvent(EnrichedEvent line) => Line = line;

    public EnrichedEvent Line { get; }

    /// <summary>Lower case, without white space around it; empty stands for null, as in the other three.</summary>
    public ReadOnlySpan<byte> Source { get; init; }

    public ReadOnlySpan<byte> Medium { get; init; }

    public ReadOnlySpan<byte> Campaign { get; init; }

    /// <summary>What the source is known for, by the rules' list of categories.</summary>
    public ReadOnlySpan<byte> Category { get; init; }

    /// <summary>The profile whose attributes are the fields; for interventions alone.</summary>
    public ProfileMoment Profile { get; init; }
}
