using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Replay;

/// <summary>A batch as the server landed it, and what a replay makes of its raw records. Thread-safe.</summary>
/// <param name="landed">The batch, without its events.</param>
internal sealed class LandedBatchOutcome(LandedBatch landed)
{
    private readonly ReplayCounts _after = new();
    private long _replayed;

    /// <summary>The batch, without its events.</summary>
    public LandedBatch Landed => landed;

    /// <summary>Whether all of its records were replayed; only then the two can be compared.</summary>
    public bool IsWhole => _replayed == landed.UpTo - landed.From;

    /// <summary>How many of its records were replayed.</summary>
    public long Replayed => _replayed;

    /// <summary>What they became. Not to be read while records are replayed.</summary>
    public ReplayCounts After => _after;

    /// <summary>Counts one record.</summary>
    /// <param name="good">Its good events.</param>
    /// <param name="badLines">Its bad rows.</param>
    public void Add(long good, ReadOnlySpan<byte> badLines)
    {
        lock (_after)
        {
            _replayed++;
            _after.Good += good;
            _after.AddBadLines(badLines);
        }
    }
}
