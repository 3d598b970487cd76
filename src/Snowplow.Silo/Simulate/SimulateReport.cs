namespace Snowplow.Silo.Simulate;

/// <summary>What a run came to. Latencies count from the time a request was due, not from when it could be sent.</summary>
internal sealed record SimulateReport
{
    /// <summary>Events in requests that were sent.</summary>
    public required long Sent { get; init; }

    /// <summary>Events in requests that were answered with 2xx.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Events in requests that failed, by status code or by kind of failure.</summary>
    public required IReadOnlyDictionary<string, long> Failed { get; init; }

    /// <summary>Events that were due but not sent when the run's time was over.</summary>
    public required long Unsent { get; init; }

    /// <summary>Requests sent, repeated ones not counted.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests sent again.</summary>
    public required long Retries { get; init; }

    /// <summary>From the first request to the last answer, in seconds.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Acknowledged events per second.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Latency of acknowledged requests in milliseconds: half took no longer.</summary>
    public required double LatencyMsP50 { get; init; }

    /// <summary>Nine in ten took no longer.</summary>
    public required double LatencyMsP90 { get; init; }

    /// <summary>99 in 100 took no longer.</summary>
    public required double LatencyMsP99 { get; init; }

    /// <summary>The longest.</summary>
    public required double LatencyMsMax { get; init; }

    /// <summary>Processor time that the simulation itself took for each event sent, in microseconds.</summary>
    public required double CpuMicrosPerEvent { get; init; }

    /// <summary>Events that failed in one way or another, or were never sent.</summary>
    public long NotAcknowledged => Failed.Values.Sum() + Unsent;
}
