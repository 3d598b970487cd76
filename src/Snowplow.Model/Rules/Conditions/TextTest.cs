using System.Text;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Compares text, byte by byte.</summary>
internal sealed class TextTest(TextPart part, string operand) : ValueTest
{
    private readonly byte[] _operand = Encoding.UTF8.GetBytes(operand);

    public override bool Passes(FieldValue value) => part switch
    {
        TextPart.Whole => value.Utf8.SequenceEqual(_operand),
        TextPart.Start => value.Utf8.StartsWith(_operand),
        TextPart.End => value.Utf8.EndsWith(_operand),
        _ => value.Utf8.IndexOf(_operand) >= 0,
    };
}
