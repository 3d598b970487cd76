namespace Snowplow.Warehouse;

/// <summary>How the embedded warehouse works.</summary>
public sealed record WarehouseOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Warehouse";

    /// <summary>From how many rows of all tables in memory on they are written into extents.</summary>
    public int FlushRows { get; init; } = 262_144;

    /// <summary>
    /// From how many bytes of rows in memory on they are written into extents. They take up to twice as much room, and as much again comes while
    /// they are written. Default 192 MiB, or a 24th of the memory that the process may use where that is less.
    /// </summary>
    public long FlushBytes { get; init; } = Math.Min(192L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 24);

    /// <summary>How long rows stay in memory at most. They are in the files that landed before, from which they are loaded again after a crash.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long events, bad rows and the tables of events are kept, by their collector's time; null: for ever. An extent goes once all of its
    /// rows are older. Files that landed, and users, sessions and views, are not touched.
    /// </summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Lists all that is wrong with these options, in whole sentences; empty if nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (FlushRows < 1) yield return $"{Section}:{nameof(FlushRows)} must be at least 1, not {FlushRows}.";
        if (FlushBytes < 1 << 20) yield return $"{Section}:{nameof(FlushBytes)} must be at least {1 << 20}, not {FlushBytes}.";
        if (FlushInterval < TimeSpan.FromSeconds(1)) yield return $"{Section}:{nameof(FlushInterval)} must be at least a second, not {FlushInterval}.";
        if (Retention < TimeSpan.FromHours(1)) yield return $"{Section}:{nameof(Retention)} must be at least an hour, not {Retention}.";
    }
}
