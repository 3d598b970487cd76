namespace Snowplow.Kql.Files;

/// <summary>Forms of files that queries name, as Kusto calls them.</summary>
internal enum FileFormat
{
    /// <summary>CSV (RFC 4180).</summary>
    Csv,

    /// <summary>Fields between tabs, nothing quoted.</summary>
    Tsv,

    /// <summary>An object a line.</summary>
    Json,
}

/// <summary>The names of forms.</summary>
internal static class FileFormats
{
    /// <summary>What may be named, for errors.</summary>
    public const string Names = "csv, tsv or json";

    /// <summary>The form of a name; null where it is none.</summary>
    public static FileFormat? Named(string name) => name.ToLowerInvariant() switch
    {
        "csv" => FileFormat.Csv,
        "tsv" => FileFormat.Tsv,
        "json" or "multijson" => FileFormat.Json,
        _ => null,
    };

    /// <summary>The form of a file by what its name ends in, before <c>.gz</c>: CSV unless that says something else, as in Kusto.</summary>
    public static FileFormat OfFile(string path)
    {
        var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".tsv" => FileFormat.Tsv,
            ".json" or ".jsonl" or ".ndjson" => FileFormat.Json,
            _ => FileFormat.Csv,
        };
    }
}
