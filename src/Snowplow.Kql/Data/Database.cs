using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Data;

/// <summary>The tables and stored functions that queries may name: a snapshot, which nothing changes.</summary>
public sealed class Database
{
    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);

    /// <summary>A database of these tables, whose names must differ.</summary>
    public Database(IEnumerable<Table> tables)
        : this(tables, Catalog.Empty)
    {
    }

    /// <summary>A database of these tables, whose names must differ, and of what a catalog defines; its tables without rows here are empty.</summary>
    public Database(IEnumerable<Table> tables, Catalog catalog)
    {
        Catalog = catalog;
        foreach (var table in tables) _tables.Add(table.Name, catalog.Tables.TryGetValue(table.Name, out var known) ? WidenedTable.Of(table, known) : table);
        foreach (var (name, definition) in catalog.Tables)
            if (!_tables.ContainsKey(name)) _tables.Add(name, new MemoryTable(name, WidenedTable.ColumnsOf(definition), [], 0));
    }

    /// <summary>What clients call it.</summary>
    public string Name { get; init; } = "snowplow";

    /// <summary>The tables by name.</summary>
    public IReadOnlyDictionary<string, Table> Tables => _tables;

    /// <summary>What is kept beside rows.</summary>
    public Catalog Catalog { get; }

    /// <summary>What is known of a table; null where there is none of that name. One that no command has defined is fixed.</summary>
    public TableDefinition? Definition(string name) =>
        Catalog.Tables.GetValueOrDefault(name)
        ?? (_tables.TryGetValue(name, out var table) ? new TableDefinition(name, [.. table.Columns.Select(column => new ColumnDefinition(column.Name, column.Type, ""))], "", "") { IsFixed = true } : null);

    /// <summary>The same rows under another catalog; a table that it has no more is gone with its rows.</summary>
    public Database With(Catalog catalog) =>
        new(_tables.Values.Where(table => catalog.Tables.ContainsKey(table.Name) || !Catalog.Tables.ContainsKey(table.Name)), catalog) { Name = Name };

    /// <summary>The database with more rows in a table that is there, or with these in the place of its own.</summary>
    public Database With(MemoryTable rows, bool replaces) =>
        new(_tables.Values.Select(table => table.Name != rows.Name ? table : replaces ? rows : new JoinedTable(table, rows)), Catalog) { Name = Name };
}
