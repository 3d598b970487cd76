namespace Snowplow.Enrich.JsonSchema;

/// <summary>The primitive types of JSON Schema draft-04 (core §3.5) as a set.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,

    /// <summary>A number with a fraction or an exponent. The schema type <c>number</c> is this and <see cref="Integer"/>.</summary>
    Number = 4,

    /// <summary>A number written without fraction and exponent; draft-04 goes by the text, so 1.0 is none.</summary>
    Integer = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Any = Null | Boolean | Number | Integer | String | Array | Object,
}
