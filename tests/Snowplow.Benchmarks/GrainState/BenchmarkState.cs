namespace Snowplow.Benchmarks.GrainState;

/// <summary>A state of about a kilobyte as JSON, shaped like that of a user with some sessions.</summary>
public sealed class BenchmarkState
{
    public long Revision { get; set; }

    public string UserKey { get; set; } = "";

    public DateTimeOffset FirstSeen { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    public List<string> Sessions { get; set; } = [];

    public Dictionary<string, long> AppliedTo { get; set; } = [];

    public static BenchmarkState Create(int number) => new()
    {
        UserKey = $"duid:{number:D8}-0000-4000-8000-000000000000",
        FirstSeen = DateTimeOffset.UnixEpoch.AddSeconds(number),
        LastSeen = DateTimeOffset.UnixEpoch.AddSeconds(number + 100_000),
        Sessions = [.. Enumerable.Range(0, 16).Select(i => $"{number:D8}-{i:D4}-4000-8000-000000000000")],
        AppliedTo = Enumerable.Range(0, 8).ToDictionary(i => $"local-log-{i:D3}", i => (long)number * i),
    };
}
