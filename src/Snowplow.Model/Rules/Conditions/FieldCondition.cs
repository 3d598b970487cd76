using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>A test of one field. A missing value passes no test, so it passes the denial of every test.</summary>
internal sealed class FieldCondition(FieldPath field, ValueTest test, bool isDenied) : Condition
{
    public override bool Holds(in RuleEvent e)
    {
        var value = field.Read(e);
        return (!value.IsMissing && test.Passes(value)) != isDenied;
    }
}
