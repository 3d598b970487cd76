using Snowplow.Events.Enriched;

namespace Snowplow.Model.Rules.Fields;

/// <summary>An attribute of a profile, as the live API shows it.</summary>
/// <param name="index">Its place in the group.</param>
internal sealed class AttributePath(int index) : FieldPath
{
    public override FieldType Type => FieldType.Json;

    public override FieldValue Read(in RuleEvent e) => e.Profile.Value(index);
}
