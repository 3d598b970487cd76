using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Columns;

namespace Snowplow.Warehouse.Extents;

/// <summary>
/// Writes the file of an extent, one column after the other, with one column in memory at a time. The file is an extent once <see cref="Finish"/> has
/// returned; whatever is there before is none, and is deleted where it is not finished. For one thread.
/// </summary>
public sealed class ExtentWriter : IDisposable
{
    /// <summary>The most rows of an extent.</summary>
    public const int MaxRows = 1 << 20;

    private readonly string _path;
    private readonly IReadOnlyList<(string Name, KqlType Type)> _columns;
    private readonly ExtentFooter.Entry?[] _entries;
    private readonly FileStream _file;
    private readonly StringInterner _interner = new();
    private readonly int _rowCount;
    private bool _isFinished;

    /// <summary>Begins a file; one that is there is written over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names and types of the columns.</param>
    /// <param name="rowCount">Number of rows, at most <see cref="MaxRows"/>.</param>
    public ExtentWriter(string path, IReadOnlyList<(string Name, KqlType Type)> columns, int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowCount, MaxRows);
        _path = path;
        _columns = columns;
        _rowCount = rowCount;
        _entries = new ExtentFooter.Entry?[columns.Count];
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        _file.Write(ExtentFooter.Head);
    }

    /// <summary>Writes a column; each is written once, in any order.</summary>
    /// <param name="column">The column's place.</param>
    /// <param name="parts">Its rows in order, in parts of any length. They may be gone through up to three times, and must be the same each time.</param>
    public void Write(int column, IEnumerable<Column> parts)
    {
        var (name, type) = _columns[column];
        if (_entries[column] is not null) throw new InvalidOperationException($"Column '{name}' has been written.");
        var offset = _file.Position;
        var region = new RegionWriter(_file);
        var directory = new DirectoryWriter();
        var form = _rowCount == 0 ? ColumnForm.Constant : ColumnForms.Write(region, directory, type, parts, _rowCount, _interner);
        if (_rowCount == 0) ConstantColumn.WriteValue(directory, null);
        _entries[column] = new ExtentFooter.Entry(name, type, form, offset, region.Length, region.Checksum, directory.Written.ToArray());
    }

    /// <summary>Ends the file, which is durable afterwards (the folder's entry of it is not), and gives its bytes.</summary>
    public long Finish()
    {
        if (Array.IndexOf(_entries, null) is >= 0 and var missing) throw new InvalidOperationException($"Column '{_columns[missing].Name}' has not been written.");
        new ExtentFooter(_rowCount, _entries!).Write(_file);
        _file.Flush(flushToDisk: true);
        _isFinished = true;
        return _file.Length;
    }

    /// <summary>Closes the file, and deletes it where it was not finished.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (!_isFinished) File.Delete(_path);
    }
}
