namespace Snowplow.Kql.Data;

/// <summary>Rows of a table that are stored together. Read by several threads at once.</summary>
public abstract class Extent
{
    /// <summary>Number of rows.</summary>
    public abstract int RowCount { get; }

    /// <summary>Some rows of a column. Scans ask in steps of <see cref="Batch.Size"/>.</summary>
    /// <param name="column">The column's place in the table.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    public abstract Column Read(int column, int start, int count);

    /// <summary>Whether some of these rows may be within all ranges; false is certain. Scans pass over rows of which it is false.</summary>
    /// <param name="ranges">What the rows are filtered by.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    public virtual bool MayHold(IReadOnlyList<ColumnRange> ranges, int start, int count) => true;

    /// <summary>Those of these rows that count, as their distance from the first; null where all do.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    public virtual int[]? Counting(int start, int count) => null;
}
