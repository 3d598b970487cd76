using System.Collections.Immutable;

namespace Snowplow.Kql.Schema;

/// <summary>What a database keeps beside rows. Immutable: a command makes another one.</summary>
public sealed record Catalog
{
    /// <summary>A catalog without anything.</summary>
    public static readonly Catalog Empty = new();

    /// <summary>Definitions of tables, by name.</summary>
    public ImmutableSortedDictionary<string, TableDefinition> Tables { get; init; } = ByName<TableDefinition>();

    /// <summary>Stored functions, by name.</summary>
    public ImmutableSortedDictionary<string, StoredFunction> Functions { get; init; } = ByName<StoredFunction>();

    /// <summary>Materialized views, by name.</summary>
    public ImmutableSortedDictionary<string, MaterializedView> MaterializedViews { get; init; } = ByName<MaterializedView>();

    /// <summary>Policies, as JSON.</summary>
    public ImmutableDictionary<PolicyKey, string> Policies { get; init; } = ImmutableDictionary<PolicyKey, string>.Empty;

    /// <summary>The function of a name, or the query of a materialized view; null where there is none.</summary>
    public StoredFunction? Query(string name) => Functions.GetValueOrDefault(name) ?? MaterializedViews.GetValueOrDefault(name)?.Query;

    /// <summary>The functions that <c>union *</c> and <c>search</c> take for tables.</summary>
    public IEnumerable<StoredFunction> Views => Functions.Values.Where(function => function.IsView);

    /// <summary>The catalog with a table's definition in the place of the one it has.</summary>
    public Catalog With(TableDefinition table) => this with { Tables = Tables.SetItem(table.Name, table) };

    private static ImmutableSortedDictionary<string, T> ByName<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
