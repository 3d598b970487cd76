namespace Snowplow.Model.Rules.Fields;

/// <summary>The fields that only the rules of channels have.</summary>
internal enum ChannelField
{
    Source,
    Medium,
    Campaign,
    Category,
}
