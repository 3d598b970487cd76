namespace Snowplow.Kql.Functions;

/// <summary>Functions of the language that this engine does not have: they are told from names that nobody knows.</summary>
internal static class UnsupportedFunctions
{
    private static readonly string[] Prefixes = ["geo_", "cursor_", "extent_", "current_", "node_", "hash_"];

    private static readonly HashSet<string> Names = new(
        [
            "all", "map", "labels", "inner_nodes", "graph", "database", "cluster", "table", "external_table", "materialized_view", "stored_query_result", "entity_group",
            "estimate_data_size", "ingestion_time", "row_id", "rowstore_ordinal_range",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether the language has a function of that name, as far as is known here.</summary>
    public static bool IsKnown(string name) => Names.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
