using Snowplow.Warehouse.Manifest;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Store;

/// <summary>
/// What the store has on disk: new files get numbers that were never used, the manifest names those that count, and what it names no more is
/// deleted after it was swapped. Used by one thread at a time.
/// </summary>
internal sealed class StoreFiles(WarehouseFolder folder, ManifestFile manifest)
{
    private readonly HashSet<long> _replaced = [];
    private long _next = manifest.NextFile;
    private Dictionary<string, Dictionary<string, long>> _positions = manifest.Partitions;

    /// <summary>What whoever changes tables of users knows their state by; the next <see cref="Commit"/> writes it.</summary>
    public string? Mark { get; set; } = manifest.Mark;

    /// <summary>The number of a new file.</summary>
    public long NewNumber() => _next++;

    /// <summary>Deletes files that a crash has left.</summary>
    public void DeleteLeftovers() => folder.DeleteAllBut(
        manifest.Tables.Values.SelectMany(table => table.Extents).SelectMany(extent => (long[])[extent.File, extent.Marks]).ToHashSet());

    /// <summary>Notes an extent that is no more part of its table; its files go with the next <see cref="Commit"/>.</summary>
    public void Replaced(ColdSegment segment)
    {
        _replaced.Add(segment.Manifest.File);
        if (segment.Manifest.Marks > 0) _replaced.Add(segment.Manifest.Marks);
    }

    /// <summary>Takes back that extents are replaced.</summary>
    public void Keep(IEnumerable<ColdSegment> segments)
    {
        foreach (var segment in segments) _replaced.ExceptWith([segment.Manifest.File, segment.Manifest.Marks]);
    }

    /// <summary>Notes up to where the rows of all extents go that the next manifest names.</summary>
    public void Settled(Dictionary<string, Dictionary<string, long>> positions) => _positions = positions;

    /// <summary>What a manifest is made of, as it is at one moment.</summary>
    public CommitState Prepare(IEnumerable<(StoredTable Table, IReadOnlyList<ColdSegment> Extents)> cold) => new(
        [.. cold.Select(table => (table.Table, (IReadOnlyList<MarkedExtent>)[.. table.Extents.Select(extent => new MarkedExtent(extent, extent.Dead.Count + extent.Hidden.Count, extent.Dead.Share(), extent.Hidden.Share()))]))],
        _positions);

    /// <summary>Writes marks that have changed, then the manifest, and deletes what it names no more.</summary>
    /// <exception cref="IOException">It cannot be written; what is on disk is as it was.</exception>
    public void Commit(CommitState state)
    {
        var marked = new List<(ColdSegment Segment, int Marks, long File)>();
        try
        {
            Write(state, marked);
        }
        catch
        {
            foreach (var (_, _, file) in marked) folder.Delete(file);
            throw;
        }

        foreach (var (segment, marks, file) in marked)
        {
            if (segment.Manifest.Marks > 0) _replaced.Add(segment.Manifest.Marks);
            segment.Manifest = segment.Manifest with { Marks = file };
            segment.StoredMarks = marks;
        }

        foreach (var number in _replaced) folder.Delete(number);
        _replaced.Clear();
    }

    private void Write(CommitState state, List<(ColdSegment Segment, int Marks, long File)> marked)
    {
        var tables = new Dictionary<string, TableManifest>();
        foreach (var (table, extents) in state.Tables)
        {
            if (extents.Count == 0 && !table.IsOwn) continue;
            var entries = new List<ExtentManifest>();
            foreach (var extent in extents)
            {
                var entry = extent.Segment.Manifest;
                if (extent.Marks != extent.Segment.StoredMarks)
                {
                    var number = NewNumber();
                    marked.Add((extent.Segment, extent.Marks, number));
                    MarksFile.Write(folder.Marks(number), extent.Dead, extent.Hidden);
                    entry = entry with { Marks = number };
                }

                entries.Add(entry);
            }

            tables.Add(table.Definition.Name, new TableManifest(TableManifest.ColumnsOf(table.Definition), entries, table.IsOwn));
        }

        new ManifestFile { Layout = ManifestFile.CurrentLayout, NextFile = _next, Mark = Mark, Partitions = state.Positions, Tables = tables }.Write(folder.Path);
    }
}

/// <summary>What a manifest is made of.</summary>
/// <param name="Tables">The extents of each table.</param>
/// <param name="Positions">Up to where the rows in them go.</param>
internal sealed record CommitState(IReadOnlyList<(StoredTable Table, IReadOnlyList<MarkedExtent> Extents)> Tables, Dictionary<string, Dictionary<string, long>> Positions);

/// <summary>An extent and its marks at one moment.</summary>
internal sealed record MarkedExtent(ColdSegment Segment, int Marks, ulong[] Dead, ulong[] Hidden);
