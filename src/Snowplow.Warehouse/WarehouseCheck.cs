using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Manifest;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse;

/// <summary>Reads every byte of a warehouse and holds it to its checksums, without a change, beside the server that may be at work on it.</summary>
public static class WarehouseCheck
{
    private const int MostAttempts = 3;

    /// <summary>Checks the files of all tables, or of one.</summary>
    /// <param name="folder">The warehouse's folder.</param>
    /// <param name="table">The table; null for all.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stop">Ends it between two columns.</param>
    /// <exception cref="InvalidDataException">The manifest is damaged.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no warehouse.</exception>
    public static WarehouseVerdict Run(string folder, string? table, IProgress<WarehouseCheckProgress>? progress, CancellationToken stop)
    {
        var manifest = ManifestFile.Read(folder) ?? throw new DirectoryNotFoundException($"There is no warehouse in '{folder}'.");
        var damage = new List<WarehouseDamage>();
        var files = new WarehouseFolder(folder);
        var tables = Chosen(manifest, table);
        var (extents, done, total) = (0, 0L, tables.Sum(chosen => chosen.Extents.Sum(extent => SizeOf(files, extent))));
        foreach (var (definition, stored) in tables)
        {
            foreach (var extent in stored)
            {
                extents++;
                foreach (var (path, column, reason) in Check(folder, files, definition, extent, bytes => progress?.Report(new WarehouseCheckProgress(definition.Name, done += bytes, total)), stop))
                    damage.Add(new WarehouseDamage(definition.Name, Path.GetRelativePath(folder, path), column, reason));
            }
        }

        return new WarehouseVerdict(tables.Count, extents, done, damage);
    }

    private static List<(WarehouseTable Table, IReadOnlyList<ExtentManifest> Extents)> Chosen(ManifestFile manifest, string? table) =>
    [
        .. manifest.Tables.Where(stored => table is null || stored.Key == table).Select(stored => (
            WarehouseTables.All.FirstOrDefault(known => known.Name == stored.Key) ?? new WarehouseTable(stored.Key, stored.Value.ReadColumns()), stored.Value.Extents)),
    ];

    // What a server has replaced since the manifest was read is no damage.
    private static List<(string Path, string? Column, string Reason)> Check(
        string folder, WarehouseFolder files, WarehouseTable table, ExtentManifest extent, Action<long> told, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = Damage(files, table, extent, told, stop).ToList();
            var isMissing = found.Exists(one => !File.Exists(one.Path));
            if (!isMissing) return found;
            if (ManifestFile.Read(folder) is { } now && now.Tables.GetValueOrDefault(table.Name)?.Extents.FirstOrDefault(one => one.File == extent.File) is { } still)
            {
                if (still == extent || attempt == MostAttempts) return found;
                extent = still;
            }
            else
            {
                return [];
            }
        }
    }

    private static IEnumerable<(string Path, string? Column, string Reason)> Damage(WarehouseFolder files, WarehouseTable table, ExtentManifest extent, Action<long> told, CancellationToken stop)
    {
        var path = files.Extent(extent.File);
        if (Reason(() => StoredExtent.Open(path), out var opened) is { } broken)
        {
            yield return (path, null, broken);
        }
        else
        {
            using var rows = opened!;
            // The footer was read to open it.
            told(rows.SizeBytes - Enumerable.Range(0, rows.Columns.Count).Sum(column => rows.Describe(column).SizeBytes));
            if (rows.RowCount != extent.Rows) yield return (path, null, $"it has {rows.RowCount} rows, and the manifest says {extent.Rows}");
            for (var column = 0; column < rows.Columns.Count; column++)
            {
                stop.ThrowIfCancellationRequested();
                var place = column;
                if (Reason(() => rows.Verify(place), out var bytes) is { } damaged) yield return (path, rows.Columns[column].Name, damaged);
                told(bytes);
            }
        }

        if (table.Key.Length > 0)
        {
            var keys = files.Keys(extent.File);
            if (Reason(() => KeyIndex.Open(keys, null).SizeBytes, out var bytes) is { } damaged) yield return (keys, null, damaged);
            told(bytes);
        }

        if (extent.Marks > 0 && Reason(() => MarksFile.Read(files.Marks(extent.Marks)), out _) is { } marks) yield return (files.Marks(extent.Marks), null, marks);
    }

    private static string? Reason<T>(Func<T> read, out T? value)
    {
        value = default;
        try
        {
            value = read();
            return null;
        }
        catch (ExtentDamagedException damaged)
        {
            return damaged.Reason;
        }
        catch (FileNotFoundException)
        {
            return "it is missing";
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return damaged.Message;
        }
    }

    private static long SizeOf(WarehouseFolder files, ExtentManifest extent) =>
        ((string[])[files.Extent(extent.File), files.Keys(extent.File)]).Select(path => new FileInfo(path)).Sum(file => file.Exists ? file.Length : 0);
}

/// <summary>How far a check is.</summary>
/// <param name="Table">The table that is read.</param>
/// <param name="BytesDone">Bytes that were read.</param>
/// <param name="Bytes">All of them, about.</param>
public readonly record struct WarehouseCheckProgress(string Table, long BytesDone, long Bytes);

/// <summary>What a check has found.</summary>
/// <param name="Tables">Tables that were read.</param>
/// <param name="Extents">Extents that were read.</param>
/// <param name="Bytes">Bytes that were read.</param>
/// <param name="Damage">What is wrong; empty where all is well.</param>
public sealed record WarehouseVerdict(int Tables, int Extents, long Bytes, IReadOnlyList<WarehouseDamage> Damage);

/// <summary>A damaged file.</summary>
/// <param name="Table">The table.</param>
/// <param name="File">The file, within the warehouse's folder.</param>
/// <param name="Column">The column; null where it is the file as a whole.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record WarehouseDamage(string Table, string File, string? Column, string Reason);
