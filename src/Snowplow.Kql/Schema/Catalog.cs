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

    /// <summary>The functions that <c>union *</c> and <c>search</c> take for tables.</summary>
    public IEnumerable<StoredFunction> Views => Functions.Values.Where(function => function.IsView);

    private static ImmutableSortedDictionary<string, T> ByName<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
