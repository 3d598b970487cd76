using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Passes JSON's <c>true</c> or <c>false</c>, or a column of yes and no that says so.</summary>
internal sealed class BooleanTest(bool operand) : ValueTest
{
    public override bool Passes(FieldValue value) => value.Kind == (operand ? ValueKind.True : ValueKind.False);
}
