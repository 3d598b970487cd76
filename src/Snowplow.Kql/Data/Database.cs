namespace Snowplow.Kql.Data;

/// <summary>The tables that queries may name.</summary>
public sealed class Database
{
    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);

    /// <summary>A database of these tables, whose names must differ.</summary>
    public Database(IEnumerable<Table> tables)
    {
        foreach (var table in tables) _tables.Add(table.Name, table);
    }

    /// <summary>The tables by name.</summary>
    public IReadOnlyDictionary<string, Table> Tables => _tables;
}
