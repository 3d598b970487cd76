namespace Snowplow.Storage.GrainState;

/// <summary>Where and how grain states are kept in SQLite.</summary>
public sealed record SqliteGrainStorageOptions
{
    /// <summary>The database file. Its folder exists; beside it lie <c>-wal</c> and <c>-shm</c> while it is open.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Whether answered writes survive the loss of power, and not only that of the process: each group of writes is then synced to
    /// the disk. Default: true.
    /// </summary>
    public bool SurvivesPowerLoss { get; init; } = true;

    /// <summary>Memory for pages of the writing connection, in bytes. Default: 64 MiB.</summary>
    public long CacheSizeBytes { get; init; } = 64L << 20;

    /// <summary>How many states may be read at once. Default: 4.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>How long to wait for another process that holds the file's write lock, e.g. a backup. Default: 5 seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
