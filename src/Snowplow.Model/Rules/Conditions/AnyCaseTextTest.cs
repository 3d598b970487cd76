using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Compares text without regard to case, by Unicode's simple case mapping and no language's rules.</summary>
internal sealed class AnyCaseTextTest(TextPart part, string operand) : ValueTest
{
    public override bool Passes(FieldValue value)
    {
        var text = TextBuffers.Characters(value.Utf8);
        return part switch
        {
            TextPart.Whole => text.Equals(operand, StringComparison.OrdinalIgnoreCase),
            TextPart.Start => text.StartsWith(operand, StringComparison.OrdinalIgnoreCase),
            TextPart.End => text.EndsWith(operand, StringComparison.OrdinalIgnoreCase),
            _ => text.Contains(operand, StringComparison.OrdinalIgnoreCase),
        };
    }
}
