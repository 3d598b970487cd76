namespace Snowplow.Collector;

/// <summary>How many requests one address may send. Off by default.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Requests a second over the long run; beyond it the answer is 429. 0 for no limit.</summary>
    public int PerSecond { get; init; }

    /// <summary>Requests that may come at once after a rest.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>Addresses remembered, twice as many at most; about 100 bytes each.</summary>
    public int MaxAddresses { get; init; } = 100_000;

    internal IEnumerable<string> Validate()
    {
        if (PerSecond < 0) yield return $"{nameof(PerSecond)} must be 0 (no limit) or more, is {PerSecond}";
        if (Burst < 1) yield return $"{nameof(Burst)} must be at least 1, is {Burst}";
        if (MaxAddresses < 1) yield return $"{nameof(MaxAddresses)} must be at least 1, is {MaxAddresses}";
    }
}
