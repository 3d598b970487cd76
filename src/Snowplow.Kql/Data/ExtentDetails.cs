namespace Snowplow.Kql.Data;

/// <summary>What is known of an extent besides its rows.</summary>
/// <param name="RowCount">Number of rows, those that count no more included.</param>
/// <param name="DeletedRowCount">How many of them queries do not see: replaced or hidden ones.</param>
public sealed record ExtentDetails(long RowCount, long DeletedRowCount)
{
    /// <summary>What it is known by; null of rows that are in memory alone.</summary>
    public Guid? Id { get; init; }

    /// <summary>Bytes of its rows on disk.</summary>
    public long RowBytes { get; init; }

    /// <summary>Bytes of its indexes on disk.</summary>
    public long IndexBytes { get; init; }

    /// <summary>When it was written; null of rows that are in memory alone.</summary>
    public DateTime? WrittenOn { get; init; }
}
