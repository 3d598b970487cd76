namespace Snowplow.Silo.Kusto;

/// <summary>What the user says of queries: the section <c>Kusto</c>.</summary>
internal sealed record KustoConfig
{
    /// <summary>The section's name.</summary>
    public const string Section = "Kusto";

    /// <summary>A folder of <c>.kql</c> files whose commands are run at the start, after those that come with the program; null for none.</summary>
    public string? Scripts { get; init; }

    /// <summary>All that is wrong with these options, one message each.</summary>
    public IEnumerable<string> Validate()
    {
        if (Scripts is not null && !Directory.Exists(Scripts)) yield return $"Kusto:Scripts must name a folder of .kql files, and there is no '{Scripts}'.";
    }
}
