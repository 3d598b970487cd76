using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Tables;

/// <summary>
/// Rows of a table that are stored together, and which of them count. <see cref="Dead"/> rows were replaced and go with the next rewriting;
/// <see cref="Hidden"/> ones (of sessions that are in another, of forgotten people) stay, since they count against other rows of their key that
/// may come.
/// </summary>
internal abstract class Segment
{
    /// <summary>Rows that do not count any more.</summary>
    public RowSet Dead { get; protected init; } = new();

    /// <summary>Rows that count, and queries do not see.</summary>
    public RowSet Hidden { get; protected init; } = new();

    /// <summary>Number of rows that are to be seen, dead ones included.</summary>
    public abstract int RowCount { get; }

    /// <summary>The rows.</summary>
    public abstract Extent Rows { get; }

    /// <summary>What is known of how it is stored, beside the numbers of rows.</summary>
    public virtual ExtentDetails Describe(ExtentDetails rows) => rows;

    /// <summary>The row of a key that was last put in; negative where there is none. It may be dead.</summary>
    public abstract int Find(UInt128 key);

    /// <summary>The key of a row.</summary>
    public abstract UInt128 KeyAt(int row);

    /// <summary>What says whether the row counts among those of its key.</summary>
    public abstract (long First, long Second) OrderAt(int row);
}
