namespace Snowplow.Events.Enriched;

/// <summary>How the text of a field in the enriched TSV is to be read.</summary>
public enum FieldType
{
    /// <summary>UTF-8 text without tabs, line breaks or other control characters.</summary>
    String,

    /// <summary><c>yyyy-MM-dd HH:mm:ss.SSS</c>, UTC.</summary>
    Timestamp,

    /// <summary>32-bit signed integer.</summary>
    Int,

    /// <summary>Decimal number in plain or scientific notation (<c>java.math.BigDecimal.toString</c>).</summary>
    Decimal,

    /// <summary>32-bit floating-point number (<c>java.lang.Float.toString</c>).</summary>
    Float,

    /// <summary><c>1</c> or <c>0</c>.</summary>
    Bool,

    /// <summary>Compact self-describing JSON.</summary>
    Json,
}
