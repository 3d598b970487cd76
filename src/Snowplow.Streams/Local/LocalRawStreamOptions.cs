namespace Snowplow.Streams.Local;

/// <summary>How the local log is laid out, bounded and retained.</summary>
public sealed record LocalRawStreamOptions
{
    private const long MostInFlightBytes = 1L << 30;

    /// <summary>The folder of the log. It is created if absent; one process at a time may have it open.</summary>
    public string Folder { get; init; } = "";

    /// <summary>
    /// The number of partitions, 1 to 256, which a log keeps from its creation on: an existing one must have as many. Null
    /// takes an existing log as it is, and gives a new one 8.
    /// </summary>
    public int? Partitions { get; init; }

    /// <summary>The size in bytes from which on a partition goes on in a new segment file, at least 4,096.</summary>
    public long SegmentSizeBytes { get; init; } = 64L << 20;

    /// <summary>
    /// How many bytes may wait for the disk, over all partitions: 16 MiB (the largest record) to 1 GiB. Beyond it appends
    /// are refused.
    /// </summary>
    public long MaxInFlightBytes { get; init; } = 64L << 20;

    /// <summary>How long a segment is kept after its last append once all its records are released.</summary>
    public TimeSpan RetainedAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How many bytes of wholly released segments are kept. Each partition has an equal share of it.
    /// </summary>
    public long RetainedSizeBytes { get; init; } = 10L << 30;

    /// <summary>From how many bytes on the journal goes on in its other file.</summary>
    internal long JournalSizeBytes { get; init; } = 64L << 20;

    /// <summary>Lists all that is wrong with these options; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Folder)) errors.Add("Folder must name the folder of the log");
        if (Partitions is < 1 or > 256) errors.Add($"Partitions must be 1 to 256, not {Partitions}");
        if (SegmentSizeBytes < 4096) errors.Add($"SegmentSizeBytes must be at least 4096, not {SegmentSizeBytes}");
        if (MaxInFlightBytes is < RecordLayout.MaxRecordSize or > MostInFlightBytes)
            errors.Add($"MaxInFlightBytes must be {RecordLayout.MaxRecordSize} to {MostInFlightBytes}, not {MaxInFlightBytes}");
        if (RetainedAge < TimeSpan.Zero) errors.Add($"RetainedAge must not be negative, is {RetainedAge}");
        if (RetainedSizeBytes < 0) errors.Add($"RetainedSizeBytes must not be negative, is {RetainedSizeBytes}");
        return errors;
    }
}
