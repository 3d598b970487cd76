namespace Snowplow.Enrich.Assets;

/// <summary>How files that enrichments load (databases, rules) are kept current.</summary>
public sealed record AssetOptions
{
    /// <summary>Folder for downloaded files, which serve until the next download succeeds. Default: below the system's temporary folder.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "snowplow-assets");

    /// <summary>How often local files are looked at for a change. Default 10 seconds.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often files with an address are downloaded again if they changed (<c>assetsUpdatePeriod</c>). Default 7 days.</summary>
    public TimeSpan UpdatePeriod { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long one download may take. Default 5 minutes.</summary>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>All that is wrong with these options, one sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        if (Folder.Length == 0) yield return "Enrich:Assets:Folder must name a folder.";
        (string Name, TimeSpan Value)[] times =
            [(nameof(CheckInterval), CheckInterval), (nameof(UpdatePeriod), UpdatePeriod), (nameof(DownloadTimeout), DownloadTimeout)];
        foreach (var (name, value) in times.Where(time => time.Value <= TimeSpan.Zero))
            yield return $"Enrich:Assets:{name} must be more than zero, but is {value}.";
    }
}
