using Snowplow.Events.Enriched;

namespace Snowplow.Model.Rules.Fields;

/// <summary>A field that only the rules of channels have.</summary>
internal sealed class ChannelPath(ChannelField field) : FieldPath
{
    public override FieldType Type => FieldType.String;

    public override FieldValue Read(in RuleEvent e) => FieldValue.OfText(field switch
    {
        ChannelField.Source => e.Source,
        ChannelField.Medium => e.Medium,
        ChannelField.Campaign => e.Campaign,
        _ => e.Category,
    });
}
