using Snowplow.Events.Enriched;

namespace Snowplow.Model.Rules.Fields;

/// <summary>Where in an event a value is. Immutable; reading never fails and allocates nothing.</summary>
internal abstract class FieldPath
{
    /// <summary>How the text at the place is to be read; <see cref="FieldType.Json"/> where that is known only from the value.</summary>
    public abstract FieldType Type { get; }

    /// <summary>Reads the value.</summary>
    public abstract FieldValue Read(in RuleEvent e);
}
