using Snowplow.Events.Enriched;

namespace Snowplow.Model.Rules.Fields;

/// <summary>A field of the canonical event.</summary>
internal sealed class ColumnPath(EventField field) : FieldPath
{
    public override FieldType Type { get; } = EventFields.Type(field);

    public override FieldValue Read(in RuleEvent e)
    {
        var utf8 = e.Line[field];
        if (Type != FieldType.Bool) return FieldValue.OfText(utf8);
        return utf8 switch
        {
            [(byte)'1'] => new FieldValue(ValueKind.True, utf8),
            [(byte)'0'] => new FieldValue(ValueKind.False, utf8),
            _ => FieldValue.OfText(utf8),
        };
    }
}
