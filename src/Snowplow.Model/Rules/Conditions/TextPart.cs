namespace Snowplow.Model.Rules.Conditions;

/// <summary>Which part of a value's text is compared.</summary>
internal enum TextPart
{
    Whole,
    Start,
    End,
    Anywhere,
}
