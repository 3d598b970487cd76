using Snowplow.Silo.Query;

namespace Snowplow.Silo.Kusto;

/// <summary>What the user says of queries: the section <c>Kusto</c>.</summary>
internal sealed record KustoConfig
{
    /// <summary>The section's name.</summary>
    public const string Section = "Kusto";

    /// <summary>A folder of <c>.kql</c> files whose commands are run at the start, after those that come with the program; null for none.</summary>
    public string? Scripts { get; init; }

    /// <summary>The folder below which <c>externaldata</c> may read files and <c>.export</c> may write them; null for <c>kusto/files</c> in the data folder.</summary>
    public string? Files { get; init; }

    /// <summary>The files that queries may name.</summary>
    /// <param name="data">The data folder.</param>
    public LocalFiles LocalFiles(string data) => new(Files ?? Path.Combine(data, "kusto", "files"), isBound: true);

    /// <summary>All that is wrong with these options, one message each.</summary>
    public IEnumerable<string> Validate()
    {
        if (Scripts is not null && !Directory.Exists(Scripts)) yield return $"Kusto:Scripts must name a folder of .kql files, and there is no '{Scripts}'.";
        if (Files is not null && !Directory.Exists(Files)) yield return $"Kusto:Files must name the folder that queries may read files of and write them to, and there is no '{Files}'.";
    }
}
