namespace Snowplow.Model.Tests.History;

/// <summary>The rows of all tables.</summary>
internal sealed class Tables
{
    private readonly Dictionary<string, TableRows> _tables = HistoryTables.All.ToDictionary(table => table.Name, table => new TableRows(table));

    /// <summary>The rows of a table.</summary>
    public TableRows this[string table] => _tables[table];
}
