using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Passes whatever is there.</summary>
internal sealed class PresentTest : ValueTest
{
    public override bool Passes(FieldValue value) => true;
}
