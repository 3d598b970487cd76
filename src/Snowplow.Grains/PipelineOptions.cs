using Snowplow.Storage.Landing;

namespace Snowplow.Grains;

/// <summary>Sizes and intervals of the partition grains. Configuration section <c>Pipeline</c>.</summary>
public sealed record PipelineOptions
{
    /// <summary>The least time between the beginnings of two reads: small batches compress badly and cost an fsync each. Default 0.1 s.</summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>About how many bytes of raw payload make a batch at most. Default 4 MiB.</summary>
    public int BatchBytes { get; init; } = 4 << 20;

    /// <summary>The time between checkpoints while events arrive. Default 1 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first wait after an infrastructure failure; each further one doubles. Default 0.5 s.</summary>
    public TimeSpan RetryMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between attempts. Default 30 s.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How files roll and how strongly they are compressed.</summary>
    public LandingOptions Landing { get; init; } = new();

    /// <summary>All that is wrong with these options, one message each.</summary>
    public IEnumerable<string> Validate()
    {
        if (BatchInterval < TimeSpan.Zero) yield return $"Pipeline:BatchInterval must not be negative, but is {BatchInterval}.";
        if (BatchBytes < 1) yield return $"Pipeline:BatchBytes must be at least 1, but is {BatchBytes}.";
        if (CheckpointInterval <= TimeSpan.Zero) yield return $"Pipeline:CheckpointInterval must be positive, but is {CheckpointInterval}.";
        if (RetryMin <= TimeSpan.Zero) yield return $"Pipeline:RetryMin must be positive, but is {RetryMin}.";
        if (RetryMax < RetryMin) yield return $"Pipeline:RetryMax must not be less than Pipeline:RetryMin ({RetryMin}), but is {RetryMax}.";
    }
}
