using Snowplow.Kql.Data;
using Snowplow.Warehouse.Loading;
using Snowplow.Warehouse.Manifest;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Store;

/// <summary>
/// The tables and what is on disk of them. Rows are put in by whoever holds <see cref="Loading"/>; files are written by whoever holds
/// <see cref="Writing"/>; queries take a snapshot at any time.
/// </summary>
internal sealed class WarehouseStore
{
    private readonly Lock _seen = new();
    // Replaced as a whole, for who reads it without a lock.
    private volatile Dictionary<string, StoredTable> _tables;

    private WarehouseStore(WarehouseFolder folder, ManifestFile manifest, Dictionary<string, StoredTable> tables)
    {
        Folder = folder;
        _tables = tables;
        Positions = new Positions(manifest.Partitions);
        Forgotten = ForgottenKeys.Of(tables[WarehouseTables.Forgotten]);
        Files = new StoreFiles(folder, manifest);
    }

    /// <summary>Where its files are.</summary>
    public WarehouseFolder Folder { get; }

    /// <summary>Held by whoever puts rows in, marks rows, or changes segments.</summary>
    public SemaphoreSlim Loading { get; } = new(1);

    /// <summary>Held by whoever writes files.</summary>
    public SemaphoreSlim Writing { get; } = new(1);

    /// <summary>What is on disk.</summary>
    public StoreFiles Files { get; }

    /// <summary>Up to where files that landed were loaded.</summary>
    public Positions Positions { get; }

    /// <summary>Who was forgotten.</summary>
    public ForgottenKeys Forgotten { get; }

    /// <summary>The tables by name.</summary>
    public IReadOnlyDictionary<string, StoredTable> Tables => _tables;

    /// <summary>Number of rows that are in memory alone.</summary>
    public int RowsInMemory => _tables.Values.Sum(table => table.Hot.Appended + table.Settled.OfType<HotSegment>().Sum(segment => segment.Appended));

    /// <summary>Bytes that they take, about.</summary>
    public long BytesInMemory => _tables.Values.Sum(table => table.Hot.SizeBytes + table.Settled.OfType<HotSegment>().Sum(segment => segment.SizeBytes));

    /// <summary>Extents on disk, and the bytes of their rows.</summary>
    public (int Count, long SizeBytes) Extents
    {
        get
        {
            var extents = _tables.Values.SelectMany(table => table.Settled.OfType<ColdSegment>()).ToArray();
            return (extents.Length, extents.Sum(extent => extent.SizeBytes));
        }
    }

    /// <summary>Opens the store of a folder, which need not be there.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="InvalidDataException">A file is damaged or of a newer version.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static WarehouseStore Open(string path)
    {
        var folder = new WarehouseFolder(path);
        var manifest = ManifestFile.Read(path) ?? new ManifestFile { Layout = ManifestFile.CurrentLayout, NextFile = 1 };
        var tables = new Dictionary<string, StoredTable>(StringComparer.Ordinal);
        foreach (var table in WarehouseTables.All)
        {
            var stored = manifest.Tables.GetValueOrDefault(table.Name);
            // A version with other columns makes the table anew from the files that landed.
            var isOther = stored is not null && !stored.Columns.SequenceEqual(TableManifest.ColumnsOf(table));
            if (isOther) foreach (var positions in manifest.Partitions.Values) positions.Remove(table.Name);
            tables.Add(table.Name, new StoredTable(table, isOther || stored is null ? [] : stored.Extents.Select(extent => new ColdSegment(table, folder, extent))));
        }

        foreach (var (name, stored) in manifest.Tables.Where(table => table.Value.IsOwn))
        {
            var table = new WarehouseTable(name, stored.ReadColumns());
            tables.Add(name, new StoredTable(table, stored.Extents.Select(extent => new ColdSegment(table, folder, extent)), isOwn: true));
        }

        return new WarehouseStore(folder, manifest, tables);
    }

    /// <summary>Lets rows that were put in be seen, all at once. For whoever holds <see cref="Loading"/>.</summary>
    public void Publish()
    {
        lock (_seen)
            foreach (var table in _tables.Values) table.Publish();
    }

    /// <summary>Changes what is seen, at once. For whoever holds <see cref="Loading"/>.</summary>
    public void Change(Action change)
    {
        lock (_seen) change();
    }

    /// <summary>All tables as they are now.</summary>
    public IReadOnlyList<Table> Snapshot()
    {
        lock (_seen) return [.. _tables.Values.Select(table => table.Snapshot(() => Positions.Behind(table.Definition.Name)))];
    }

    /// <summary>Puts tables of users in the place of those of their names, all at once; null takes one away. For whoever holds <see cref="Loading"/>.</summary>
    public void Put(IReadOnlyDictionary<string, StoredTable?> tables) => Change(() =>
    {
        var all = new Dictionary<string, StoredTable>(_tables, StringComparer.Ordinal);
        foreach (var (name, table) in tables)
        {
            if (table is null) all.Remove(name);
            else all[name] = table;
        }

        _tables = all;
    });

    /// <summary>Everything as the manifest has it. For whoever holds <see cref="Loading"/>.</summary>
    public IEnumerable<(StoredTable Table, IReadOnlyList<ColdSegment> Extents)> Cold() =>
        _tables.Values.Select(table => (table, (IReadOnlyList<ColdSegment>)[.. table.Settled.OfType<ColdSegment>()]));
}
