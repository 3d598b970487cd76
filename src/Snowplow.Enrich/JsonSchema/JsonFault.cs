namespace Snowplow.Enrich.JsonSchema;

/// <summary>Why a text could not be read to its end.</summary>
internal enum JsonFault
{
    None,
    NotUtf8,
    UnexpectedEnd,
    UnexpectedByte,
    ControlCharacter,
    BadEscape,
    BadNumber,
    TooDeep,
    TrailingData,
}
