using Snowplow.Storage.Landing;

namespace Snowplow.Grains;

/// <summary>Sizes and intervals of the partition grains. Configuration section <c>Pipeline</c>.</summary>
public sealed record PipelineOptions
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(1);

    // Longer ones are slips of the pen, such as 1, which .NET reads as a day: events would wait that long to be seen.
    private static readonly TimeSpan MostInterval = TimeSpan.FromHours(1);

    /// <summary>The least time between the beginnings of two reads: small batches compress badly and cost an fsync each. Default 0.1 s.</summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>About how many bytes of raw payload make a batch at most. Default 1 MiB: each partition has a batch in memory, in several shapes.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>The time between checkpoints while events arrive. Default 1 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// From how many bytes of events and bad rows on a checkpoint is due before its time: they are in memory until then. Default a 512th of the
    /// memory that the process may use.
    /// </summary>
    public long RangeBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 512;

    /// <summary>The first wait after an infrastructure failure; each further one doubles. Default 0.5 s.</summary>
    public TimeSpan RetryMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between attempts. Default 30 s.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How files roll and how strongly they are compressed.</summary>
    public LandingOptions Landing { get; init; } = new();

    /// <summary>All that is wrong with these options, one message each.</summary>
    public IEnumerable<string> Validate() =>
    [
        .. Interval(nameof(BatchInterval), BatchInterval, TimeSpan.Zero),
        .. Interval(nameof(CheckpointInterval), CheckpointInterval, LeastInterval),
        .. Interval(nameof(RetryMin), RetryMin, LeastInterval),
        .. Interval(nameof(RetryMax), RetryMax, RetryMin),
        .. BatchBytes < 1 ? [$"Pipeline:BatchBytes must be at least 1, but is {BatchBytes}."] : Array.Empty<string>(),
        .. RangeBytes < 1 ? [$"Pipeline:RangeBytes must be at least 1, but is {RangeBytes}."] : Array.Empty<string>(),
        .. Landing.Validate().Select(error => $"Pipeline:Landing:{error}."),
    ];

    private static IEnumerable<string> Interval(string name, TimeSpan value, TimeSpan least)
    {
        if (value < least || value > MostInterval)
            yield return $"Pipeline:{name} must be {least} to {MostInterval} (hh:mm:ss), but is {value}.";
    }
}
