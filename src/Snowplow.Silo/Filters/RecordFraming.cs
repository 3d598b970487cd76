namespace Snowplow.Silo.Filters;

/// <summary>How the records of an input follow each other.</summary>
internal enum RecordFraming
{
    /// <summary>Each ends with a line feed; the last one may lack it.</summary>
    Lines,

    /// <summary>Each follows its length, a big-endian 32-bit integer.</summary>
    LengthPrefixed,
}
