using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Compares times; what is no time does not pass.</summary>
internal sealed class TimeTest(Relation relation, DateTimeOffset operand) : ValueTest
{
    public override bool Passes(FieldValue value) => FieldTime.TryParse(value.Utf8, out var time) && relation switch
    {
        Relation.Equal => time == operand,
        Relation.Less => time < operand,
        Relation.AtMost => time <= operand,
        Relation.Greater => time > operand,
        _ => time >= operand,
    };
}
