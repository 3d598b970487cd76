namespace Snowplow.Streams.Local;

/// <summary>What a step of <see cref="SegmentScanner"/> came upon.</summary>
internal enum ScanStep
{
    /// <summary>A record whose checksums are right.</summary>
    Record,

    /// <summary>Bytes that are no such record.</summary>
    Damage,

    /// <summary>The end of what was to be scanned.</summary>
    End,
}
