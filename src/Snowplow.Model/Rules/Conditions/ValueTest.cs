using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>A test of a value that is there. Immutable.</summary>
internal abstract class ValueTest
{
    /// <summary>Whether a value that is not missing passes.</summary>
    public abstract bool Passes(FieldValue value);
}
