namespace Snowplow.Model.Rules.Conditions;

/// <summary>How a value must stand to the operand.</summary>
internal enum Relation
{
    Equal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}
