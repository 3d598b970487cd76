namespace Snowplow.Silo.Replay;

/// <summary>What to replay, and where to.</summary>
internal sealed record ReplayConfig
{
    /// <summary>Files and folders of bad rows.</summary>
    public required IReadOnlyList<string> BadRows { get; init; }

    /// <summary>Data folder whose raw log is replayed; null for none.</summary>
    public required string? Raw { get; init; }

    /// <summary>Folder of that raw log: <c>RawStream:Folder</c>, or <c>raw</c> in the data folder; null for none.</summary>
    public required string? RawLog { get; init; }

    /// <summary>Types of bad rows to replay; empty for all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The first moment: of the failure for bad rows, of the request for raw payloads.</summary>
    public required DateTimeOffset? From { get; init; }

    /// <summary>The first moment that is too late.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>The first position, in each partition of the raw log.</summary>
    public required long FromPosition { get; init; }

    /// <summary>Where results go; null for a dry run.</summary>
    public required string? Output { get; init; }

    /// <summary>Whether a moment is asked for. An unknown one is, unless times are given.</summary>
    public bool Includes(DateTimeOffset? time) =>
        (From is null && Until is null) || (time is { } known && (From is null || known >= From) && (Until is null || known < Until));
}
