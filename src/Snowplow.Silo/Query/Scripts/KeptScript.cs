using System.Security.Cryptography;
using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Query.Scripts;

/// <summary>
/// What commands made of a server's catalog, as the script that makes it anew. It changes in one step with the rows in the warehouse: the new script is written
/// beside the one that counts, the warehouse's manifest is swapped with a mark of it, and then it takes the other's place. So after a crash the mark tells whether
/// a script that lies there counts.
/// </summary>
internal static class KeptScript
{
    private const string Ending = ".next";

    /// <summary>The file, within a data folder.</summary>
    public static string File(string data) => Path.Combine(data, "kusto", "catalog.kql");

    /// <summary>Writes a script beside the one that counts.</summary>
    /// <returns>Its mark.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static string Begin(string data, string script)
    {
        WholeFile.Write(File(data) + Ending, stream => stream.Write(Encoding.UTF8.GetBytes(script)));
        return MarkOf(script);
    }

    /// <summary>Puts the script that lies beside in its place where its mark is the warehouse's, and else deletes it; nothing where there is none.</summary>
    /// <exception cref="IOException">It cannot be; the next start does.</exception>
    public static void Settle(string data, string? mark)
    {
        var next = File(data) + Ending;
        if (!System.IO.File.Exists(next)) return;
        if (MarkOf(System.IO.File.ReadAllText(next)) == mark) System.IO.File.Move(next, File(data), overwrite: true);
        else System.IO.File.Delete(next);
    }

    /// <summary>A catalog with what is kept in a data folder.</summary>
    /// <param name="catalog">What there is without it.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="mark">The mark that the warehouse has.</param>
    /// <param name="tables">The users' tables that the warehouse has, as they are there.</param>
    /// <exception cref="StartupException">It cannot be read.</exception>
    public static Catalog Load(Catalog catalog, string data, string? mark, IEnumerable<(string Name, IReadOnlyList<(string Name, KqlType Type)> Columns)> tables)
    {
        var next = File(data) + Ending;
        var file = System.IO.File.Exists(next) && MarkOf(System.IO.File.ReadAllText(next)) == mark ? next : File(data);
        var kept = System.IO.File.Exists(file) ? KustoScripts.RunFile(new Database([], catalog), file, isValidating: false).Catalog : catalog;
        foreach (var (name, columns) in tables)
        {
            // The script may be lost, or of a time before the rows.
            var known = kept.Tables.GetValueOrDefault(name) ?? new TableDefinition(name, [], "", "");
            if (!known.Columns.Take(columns.Count).Select(column => (column.Name, column.Type)).SequenceEqual(columns))
                kept = kept.With(known with { Columns = [.. columns.Select(column => new ColumnDefinition(column.Name, column.Type, ""))] });
        }

        return kept;
    }

    private static string MarkOf(string script) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
}
