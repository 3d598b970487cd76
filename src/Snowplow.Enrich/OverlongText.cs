namespace Snowplow.Enrich;

/// <summary>What becomes of an event with a text longer than its field's limit (UTF-16 units).</summary>
public enum OverlongText
{
    /// <summary>It becomes a <c>schema_violations</c> bad row, as in Snowplow.</summary>
    Reject,

    /// <summary>The text is cut to the limit.</summary>
    Truncate,

    /// <summary>It passes as it is, and is counted: Snowplow's <c>acceptInvalid</c>. Loaders may trip over it.</summary>
    Accept,
}
