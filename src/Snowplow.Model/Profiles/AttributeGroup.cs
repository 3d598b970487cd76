using System.Collections.Immutable;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Profiles;

/// <summary>Attributes that are computed for each value of one key. Immutable and thread-safe.</summary>
public sealed class AttributeGroup
{
    /// <summary>The greatest length of a key's value, in bytes of UTF-8.</summary>
    public const int MaxKeyLength = ProfileKey.MaxLength;

    internal AttributeGroup(string name, int version, ProfileKey key, ImmutableArray<ProfileAttribute> attributes)
    {
        Name = name;
        Version = version;
        Key = key;
        Attributes = attributes;
    }

    /// <summary>The name, unique among the groups.</summary>
    public string Name { get; }

    /// <summary>The number that the user raises to begin all attributes anew.</summary>
    public int Version { get; }

    /// <summary>The attributes, in the order in which they are shown.</summary>
    public ImmutableArray<ProfileAttribute> Attributes { get; }

    /// <summary>After how long without an event a profile is forgotten; null for never.</summary>
    public TimeSpan? Ttl { get; internal init; }

    /// <summary>What tells the profiles apart.</summary>
    internal ProfileKey Key { get; }

    /// <summary>The name of the key, as the rules have it.</summary>
    public string KeyName => Key.Name;

    /// <summary>The keys of the grains that a key in a request may mean, in the order in which they are asked.</summary>
    public IEnumerable<string> GrainKeys(string key) => Key.GrainKeys(key);

    /// <summary>Whether any attribute takes an event.</summary>
    internal bool Takes(in RuleEvent e)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Takes(e)) return true;
        }

        return false;
    }

    internal bool IsExpired(long lastMs, long nowMs) => Ttl is { } ttl && nowMs - lastMs >= (long)ttl.TotalMilliseconds;
}
