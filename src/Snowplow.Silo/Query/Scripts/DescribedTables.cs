using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Query.Scripts;

/// <summary>Gives the platform's tables the descriptions that the scripts for Data Explorer have.</summary>
internal static class DescribedTables
{
    // What arrives there of a table is in a table of another name, where the table itself is a function.
    private static readonly string[] Endings = ["", "_raw", "_rows"];

    /// <summary>The definitions of the tables that scripts know, as tables whose columns are fixed.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="scripts">What the scripts define.</param>
    /// <exception cref="StartupException">The columns of one differ.</exception>
    public static Catalog Of(IEnumerable<Table> tables, Catalog scripts)
    {
        var catalog = Catalog.Empty;
        foreach (var table in tables)
        {
            if (Endings.Select(ending => scripts.Tables.GetValueOrDefault(table.Name + ending)).FirstOrDefault(definition => definition is not null) is not { } definition) continue;
            if (!definition.Columns.Select(column => (column.Name, column.Type)).SequenceEqual(table.Columns))
                throw new StartupException($"The columns of '{table.Name}' are not those of '{definition.Name}' in the scripts in '{KustoScripts.Folder}'.");
            catalog = catalog.With(definition with
            {
                Name = table.Name,
                DocString = scripts.Functions.GetValueOrDefault(table.Name)?.DocString ?? definition.DocString,
                Folder = "Tables",
                Mappings = [],
                IsFixed = true,
            });
        }

        return catalog;
    }
}
