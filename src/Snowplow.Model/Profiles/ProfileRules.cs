using System.Collections.Immutable;

namespace Snowplow.Model.Profiles;

/// <summary>All attribute groups and interventions of the model rules. Immutable and thread-safe.</summary>
public sealed class ProfileRules
{
    /// <summary>No groups: events then have no profiles, and cost nothing for it.</summary>
    public static readonly ProfileRules None = new([], []);

    private readonly Dictionary<string, ImmutableArray<AttributeGroup>> _byKey;

    internal ProfileRules(ImmutableArray<AttributeGroup> groups, ImmutableArray<InterventionRule> interventions)
    {
        Groups = groups;
        Interventions = interventions;
        Keys = [.. groups.Select(group => group.Key).DistinctBy(key => key.Name)];
        _byKey = groups.GroupBy(group => group.KeyName).ToDictionary(group => group.Key, group => group.ToImmutableArray());
    }

    /// <summary>The groups, in the order of the document.</summary>
    public ImmutableArray<AttributeGroup> Groups { get; }

    /// <summary>The interventions, in the order of the document.</summary>
    public ImmutableArray<InterventionRule> Interventions { get; }

    /// <summary>The keys of the groups, each once.</summary>
    internal ImmutableArray<ProfileKey> Keys { get; }

    /// <summary>The group of a name, or null.</summary>
    public AttributeGroup? Find(string name) => Groups.FirstOrDefault(group => group.Name == name);

    /// <summary>The keys of the profiles of clients' sessions; none where no group has that key.</summary>
    /// <param name="sessionKeys">The sessions' keys (<see cref="SessionKey"/>).</param>
    public IEnumerable<string> SessionProfiles(IEnumerable<string> sessionKeys) =>
        OfKey(ProfileKey.Session).IsEmpty ? [] : sessionKeys.Select(key => $"{ProfileKey.Session}:{key[SessionKey.ClientPrefix.Length..]}");

    /// <summary>The groups of a key.</summary>
    internal ImmutableArray<AttributeGroup> OfKey(string keyName) => _byKey.GetValueOrDefault(keyName, []);
}
