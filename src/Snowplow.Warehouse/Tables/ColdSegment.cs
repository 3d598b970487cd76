using System.Globalization;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Manifest;

namespace Snowplow.Warehouse.Tables;

/// <summary>Rows in an extent's files.</summary>
internal sealed class ColdSegment : Segment
{
    private readonly StoredExtent _extent;
    private readonly Lazy<KeyIndex>? _keys;
    private readonly WarehouseTable _table;
    private readonly FileInfo _keyFile;

    /// <summary>The segment of files that are there.</summary>
    /// <param name="table">The table.</param>
    /// <param name="files">The folder's files.</param>
    /// <param name="manifest">What the manifest says of it.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public ColdSegment(WarehouseTable table, WarehouseFolder files, ExtentManifest manifest)
    {
        _table = table;
        Manifest = manifest;
        _extent = StoredExtent.Open(files.Extent(manifest.File));
        _keyFile = new FileInfo(files.Keys(manifest.File));
        if (table.Key.Length > 0) _keys = new Lazy<KeyIndex>(() => KeyIndex.Open(files.Keys(manifest.File), UuidOfKey));
        if (manifest.Marks == 0) return;
        var (dead, hidden) = MarksFile.Read(files.Marks(manifest.Marks));
        (Dead, Hidden) = (new RowSet(dead), new RowSet(hidden));
        StoredMarks = Dead.Count + Hidden.Count;
    }

    /// <summary>What the manifest says of it.</summary>
    public ExtentManifest Manifest { get; set; }

    /// <summary>How many marks the manifest's file has.</summary>
    public int StoredMarks { get; set; }

    /// <summary>Bytes on disk.</summary>
    public long SizeBytes => _extent.SizeBytes;

    /// <inheritdoc/>
    public override ExtentDetails Describe(ExtentDetails rows) => rows with
    {
        // The id reads as the number of its files.
        Id = Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0000-{Manifest.File:D12}")),
        RowBytes = _extent.SizeBytes,
        IndexBytes = _keyFile.Exists ? _keyFile.Length : 0,
        WrittenOn = _extent.WrittenOn,
    };

    /// <inheritdoc/>
    public override int RowCount => _extent.RowCount;

    /// <inheritdoc/>
    public override Extent Rows => _extent;

    /// <summary>The greatest value of a column of times; null where it has none.</summary>
    public DateTime? Latest(int column) => _extent.Range(column)?.Greatest as DateTime?;

    /// <inheritdoc/>
    public override int Find(UInt128 key) => _keys!.Value.Find(key);

    /// <inheritdoc/>
    public override UInt128 KeyAt(int row) => _keys!.Value.KeyAt(row);

    /// <inheritdoc/>
    public override (long First, long Second) OrderAt(int row) =>
        (_extent.Int64At(_table.Order.First, row) ?? Missing, _extent.Int64At(_table.Order.Second, row) ?? Missing);

    // What has no order never counts.
    private long Missing => _table.LeastCounts ? long.MaxValue : long.MinValue;

    private UInt128 UuidOfKey(int row) => _extent.UuidAt(_table.Key[0], row) ?? throw new InvalidDataException($"Row {row} of '{_table.Name}' has no id in its extent.");
}
