using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads the names of what conditions look at.</summary>
internal abstract class PathReader
{
    /// <summary>The member of a condition that holds the name.</summary>
    public abstract string Member { get; }

    /// <summary>Reads a name; null, with the fault reported, where there is no such thing.</summary>
    public abstract FieldPath? Read(RuleNode node);
}
