namespace Snowplow.Kql.Data;

/// <summary>Rows of a table that are stored together. Read by several threads at once.</summary>
public abstract class Extent
{
    /// <summary>Number of rows.</summary>
    public abstract int RowCount { get; }

    /// <summary>What is known of how it is stored.</summary>
    public virtual ExtentDetails Details => new(RowCount, 0);

    /// <summary>Some rows of a column. Scans ask in steps of <see cref="Batch.Size"/>.</summary>
    /// <param name="column">The column's place in the table.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    public abstract Column Read(int column, int start, int count);

    /// <summary>Some of these rows of a column, where that is less to read than all of them; else null.</summary>
    /// <param name="column">The column's place in the table.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">Those that are wanted, as their distance from the first, in the order in which they are wanted.</param>
    public virtual Column? ReadRows(int column, int start, int count, int[] rows) => null;

    /// <summary>Whether some of these rows may pass all tests; false is certain. Scans pass over rows of which it is false.</summary>
    /// <param name="tests">What the rows are filtered by.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    public virtual bool MayHold(IReadOnlyList<RowTest> tests, int start, int count) => true;

    /// <summary>Those of these rows that may pass all tests, as their distance from the first, in order; null where all may.</summary>
    /// <param name="tests">What the rows are filtered by.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    public virtual int[]? Passing(IReadOnlyList<RowTest> tests, int start, int count) => null;

    /// <summary>Those of these rows that count, as their distance from the first; null where all do.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    public virtual int[]? Counting(int start, int count) => null;
}
