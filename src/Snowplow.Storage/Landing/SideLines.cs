namespace Snowplow.Storage.Landing;

/// <summary>
/// Where the lines of a batch are that lie beside its enriched events, bad rows or failed events; and how far the file is committed
/// that the partition's lines of this kind go to.
/// </summary>
public readonly record struct SideLines
{
    /// <summary>The number of the batch's lines.</summary>
    public int Count { get; init; }

    /// <summary>The file that the partition's lines of this kind went to when the batch was committed; null where there had been none yet.</summary>
    public string? File { get; init; }

    /// <summary>The committed length of <see cref="File"/>, in bytes; what lies beyond it does not count unless a later batch says so.</summary>
    public long CommittedLength { get; init; }

    /// <summary>How many of those bytes, at their end, hold this batch's lines: one gzip member, or 0 for none.</summary>
    public int MemberLength { get; init; }
}
