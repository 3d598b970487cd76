using Snowplow.Model;
using Snowplow.Warehouse.Manifest;
using Snowplow.Warehouse.Store;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse;

/// <summary>Takes tables out of a warehouse that no process has open, so that the next start loads them anew from the files that landed.</summary>
public static class WarehouseReset
{
    /// <summary>All tables but those of users. Their files are deleted.</summary>
    /// <param name="folder">The warehouse's folder, which need not be there.</param>
    /// <exception cref="IOException">A file cannot be written or deleted.</exception>
    public static void All(string folder) => Take(folder, WarehouseTables.All.Select(table => table.Name));

    /// <summary>The tables of the models. Their files are deleted.</summary>
    /// <param name="folder">The warehouse's folder, which need not be there.</param>
    /// <exception cref="IOException">A file cannot be written or deleted.</exception>
    public static void Models(string folder) => Take(folder, ModelTables.All.Select(table => table.Name));

    /// <summary>One table. Its files are deleted.</summary>
    /// <param name="folder">The warehouse's folder, which need not be there.</param>
    /// <param name="table">The table, one of <see cref="WarehouseTables.All"/>.</param>
    /// <exception cref="IOException">A file cannot be written or deleted.</exception>
    public static void Table(string folder, string table) => Take(folder, [table]);

    private static void Take(string folder, IEnumerable<string> tables)
    {
        if (!Directory.Exists(folder)) return;
        ManifestFile? manifest;
        try
        {
            manifest = ManifestFile.Read(folder);
        }
        catch (InvalidDataException)
        {
            // A damaged one names nothing: what users put in must be put in again.
            manifest = null;
        }

        manifest ??= new ManifestFile { Layout = ManifestFile.CurrentLayout, NextFile = 1 };
        foreach (var table in tables)
        {
            manifest.Tables.Remove(table);
            foreach (var positions in manifest.Partitions.Values) positions.Remove(table);
        }

        manifest.Write(folder);
        new StoreFiles(new WarehouseFolder(folder), manifest).DeleteLeftovers();
    }
}
