namespace Snowplow.Enrich.Parameters;

/// <summary>How the text of a tracker parameter becomes a field of the event.</summary>
internal enum ParameterRule
{
    /// <summary>Allowed, and without effect.</summary>
    Ignored,

    /// <summary>Text, made safe for TSV.</summary>
    Text,

    /// <summary>An event type's code: <c>pv</c> → <c>page_view</c>.</summary>
    EventType,

    /// <summary>A UUID in its canonical form of 36 characters, in any case; stored in lower case.</summary>
    Uuid,

    /// <summary>One of the platforms that the protocol knows.</summary>
    Platform,

    /// <summary>The text before the first comma, bar or space.</summary>
    IpAddress,

    /// <summary>Milliseconds since the Unix epoch.</summary>
    Timestamp,

    /// <summary>A 32-bit integer; <c>null</c> in any case stands for none.</summary>
    Integer,

    /// <summary>A decimal number; <c>null</c> in any case stands for none.</summary>
    Decimal,

    /// <summary><c>1</c> or <c>0</c>.</summary>
    Flag,

    /// <summary><c>{width}x{height}</c>, into the field and the one after it.</summary>
    Dimensions,

    /// <summary>Self-describing JSON; validated as a whole after all other parameters.</summary>
    Json,

    /// <summary>Base64 of self-describing JSON; preferred where both forms are given.</summary>
    Base64Json,
}
