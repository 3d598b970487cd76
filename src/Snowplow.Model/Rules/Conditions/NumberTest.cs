using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Compares numbers of double precision; what is no number does not pass.</summary>
internal sealed class NumberTest(Relation relation, double operand) : ValueTest
{
    public override bool Passes(FieldValue value) => value.TryNumber(out var number) && relation switch
    {
        Relation.Equal => number == operand,
        Relation.Less => number < operand,
        Relation.AtMost => number <= operand,
        Relation.Greater => number > operand,
        _ => number >= operand,
    };
}
