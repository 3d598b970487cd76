namespace Snowplow.Kql.Functions;

/// <summary>Functions of the language that this engine does not have: they are told from names that nobody knows.</summary>
internal static class UnsupportedFunctions
{
    private static readonly string[] Prefixes =
    [
        "geo_", "series_", "convert_", "beta_", "punycode_", "unicode_", "zlib_", "gzip_", "cursor_", "extent_", "ingestion_", "current_", "graph_", "ipv6_",
        "has_ipv4", "ipv4_", "array_", "bag_", "set_", "datetime_", "dcount_", "make_", "parse_", "percentile", "rank_", "tdigest", "url_", "base64_", "hash_", "row_",
    ];

    private static readonly HashSet<string> Names = new(
        [
            "gamma", "loggamma", "erf", "erfc", "estimate_data_size", "external_table", "buildschema", "stored_query_result", "to_utf8", "make_string", "node_degree_in",
            "node_degree_out", "translate", "welch_test", "covariance", "covariancep", "new_guid", "bartrim", "dynamic_to_json",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether the language has a function of that name, as far as is known here.</summary>
    public static bool IsKnown(string name) => Names.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
