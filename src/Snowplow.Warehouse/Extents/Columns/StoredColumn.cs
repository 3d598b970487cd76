using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Reads one column of an extent. What it keeps is its directory; the values stay in the file. Safe for any number of threads.</summary>
internal abstract unsafe class StoredColumn
{
    /// <summary>The rows of a block.</summary>
    /// <param name="region">The column's bytes.</param>
    /// <param name="block">The block's number.</param>
    /// <param name="rows">Number of rows in the block.</param>
    public abstract Column Read(byte* region, int block, int rows);

    /// <summary>Whether a block may hold a row within a range; false is certain.</summary>
    /// <param name="region">The column's bytes.</param>
    /// <param name="range">The range.</param>
    /// <param name="block">The block's number.</param>
    public virtual bool MayHold(byte* region, ColumnRange range, int block) => true;

    /// <summary>Some rows of a block, where that is less to read than all of them; else null.</summary>
    /// <param name="region">The column's bytes.</param>
    /// <param name="block">The block's number.</param>
    /// <param name="rows">Number of rows in the block.</param>
    /// <param name="wanted">The rows, as their distance from the block's first.</param>
    public virtual Column? ReadRows(byte* region, int block, int rows, ReadOnlySpan<int> wanted) => null;

    /// <summary>Whether a block may hold a row whose text passes; false is certain.</summary>
    /// <param name="region">The column's bytes.</param>
    /// <param name="test">What is asked of the text.</param>
    /// <param name="block">The block's number.</param>
    /// <param name="rows">Number of rows in the block.</param>
    public virtual bool MayHold(byte* region, TextTest test, int block, int rows) => true;

    /// <summary>A bit for each row of a block whose text may pass; null where all may, empty where none may.</summary>
    /// <param name="region">The column's bytes.</param>
    /// <param name="test">What is asked of the text.</param>
    /// <param name="block">The block's number.</param>
    /// <param name="rows">Number of rows in the block.</param>
    public virtual ulong[]? Passing(byte* region, TextTest test, int block, int rows) => MayHold(region, test, block, rows) ? null : [];

    /// <summary>The least and greatest value, as <see cref="Column.Box"/> gives them; null where it is not known, or there is none.</summary>
    public virtual (object Least, object Greatest)? Range => null;

    /// <summary>The integer of a row; null where it has none, or the column holds none.</summary>
    public virtual long? Int64At(byte* region, int row) => null;

    /// <summary>The uuid of a row; null where it has none, or the column is not stored as uuids.</summary>
    public virtual UInt128? UuidAt(byte* region, int row) => null;
}
