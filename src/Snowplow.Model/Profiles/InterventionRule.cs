using Snowplow.Model.Rules.Conditions;

namespace Snowplow.Model.Profiles;

/// <summary>A condition on a group's attributes that is told to subscribers when an event makes it true. Immutable and thread-safe.</summary>
public sealed class InterventionRule
{
    internal InterventionRule(string name, int version, string group, Condition when)
    {
        Name = name;
        Version = version;
        Group = group;
        When = when;
    }

    /// <summary>The name, unique among the interventions.</summary>
    public string Name { get; }

    /// <summary>The number that the user raises with each change of the intervention's meaning.</summary>
    public int Version { get; }

    /// <summary>The group's name.</summary>
    public string Group { get; }

    /// <summary>The condition; its fields are the group's attributes.</summary>
    internal Condition When { get; }
}
