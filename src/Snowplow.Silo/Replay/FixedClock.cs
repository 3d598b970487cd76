namespace Snowplow.Silo.Replay;

/// <summary>A clock that stands still, for results that are the same byte for byte.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;
}
