using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Query.Scripts;

/// <summary>What commands made of a server's catalog, as the script that makes it anew.</summary>
internal static class KeptScript
{
    /// <summary>The file, within a data folder.</summary>
    public static string File(string data) => Path.Combine(data, "kusto", "catalog.kql");

    /// <summary>A catalog with what is kept in a data folder.</summary>
    /// <param name="catalog">What there is without it.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="tables">The users' tables that the warehouse has, as they are there.</param>
    /// <exception cref="StartupException">It cannot be read.</exception>
    public static Catalog Load(Catalog catalog, string data, IEnumerable<(string Name, IReadOnlyList<(string Name, KqlType Type)> Columns)> tables)
    {
        var kept = System.IO.File.Exists(File(data)) ? KustoScripts.RunFile(new Database([], catalog), File(data), isValidating: false).Catalog : catalog;
        foreach (var (name, columns) in tables)
        {
            // A crash may have come between the two.
            var known = kept.Tables.GetValueOrDefault(name) ?? new TableDefinition(name, [], "", "");
            if (!known.Columns.Take(columns.Count).Select(column => (column.Name, column.Type)).SequenceEqual(columns))
                kept = kept.With(known with { Columns = [.. columns.Select(column => new ColumnDefinition(column.Name, column.Type, ""))] });
        }

        return kept;
    }
}
