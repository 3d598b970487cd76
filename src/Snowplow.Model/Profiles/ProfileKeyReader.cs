using System.Collections.Immutable;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Profiles;

/// <summary>
/// Reads of landed lines the keys of the profiles that they change. Keeps the strings of recent keys, so one reader serves many
/// batches. Not thread-safe.
/// </summary>
public sealed class ProfileKeyReader(ProfileRules rules)
{
    private readonly ImmutableArray<(ProfileKey Key, ImmutableArray<AttributeGroup> Groups)> _keys =
        [.. rules.Keys.Select(key => (key, rules.OfKey(key.Name)))];

    private readonly KeyStrings _strings = new();
    private readonly List<string> _read = new(rules.Keys.Length);

    /// <summary>Whether there are no groups, so that no event has a profile.</summary>
    public bool IsIdle => _keys.IsEmpty;

    /// <summary>The keys of the grains whose profiles an event changes; valid until the next call.</summary>
    public IReadOnlyList<string> Read(EnrichedEvent e)
    {
        _read.Clear();
        var line = new RuleEvent(e);
        foreach (var (key, groups) in _keys)
        {
            if (Takes(groups, line) && key.Read(line, _strings) is { } grainKey) _read.Add(grainKey);
        }

        return _read;
    }

    private static bool Takes(ImmutableArray<AttributeGroup> groups, in RuleEvent e)
    {
        foreach (var group in groups)
        {
            if (group.Takes(e)) return true;
        }

        return false;
    }
}
