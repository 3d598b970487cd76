namespace Snowplow.Storage.Landing;

/// <summary>What a gzip member holds. The numbers are written to files: never change them.</summary>
internal enum MemberKind : byte
{
    /// <summary>The enriched events of one batch: its commit.</summary>
    Batch = 1,

    /// <summary>Nothing: it says who goes on writing the partition's enriched files, and in which file.</summary>
    Turn = 2,

    /// <summary>The bad rows of one batch. They count once a <see cref="Batch"/> names a length of the file that covers them.</summary>
    BadRows = 3,

    /// <summary>The rows of one checkpoint.</summary>
    Rows = 4,

    /// <summary>The failed events of one batch. They count as bad rows do.</summary>
    FailedEvents = 5,
}
