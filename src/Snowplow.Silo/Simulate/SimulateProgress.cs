using System.Collections.Concurrent;
using System.Diagnostics;

namespace Snowplow.Silo.Simulate;

/// <summary>The counts of a run while it goes on. Safe from several threads.</summary>
internal sealed class SimulateProgress
{
    private readonly ConcurrentDictionary<string, long> _failed = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpuAtStart = Environment.CpuUsage.TotalTime;
    private long _sent;
    private long _acknowledged;
    private long _unsent;
    private long _requests;
    private long _retries;

    /// <summary>Latencies of acknowledged requests.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Events sent.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Events acknowledged.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Events that failed.</summary>
    public long Failed => _failed.Values.Sum();

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Counts a request that is sent for the first time.</summary>
    public void CountSent(int events)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _sent, events);
    }

    /// <summary>Counts a request that is sent again.</summary>
    public void CountRetry() => Interlocked.Increment(ref _retries);

    /// <summary>Counts a request answered with 2xx.</summary>
    public void CountAcknowledged(int events, TimeSpan latency)
    {
        Interlocked.Add(ref _acknowledged, events);
        Latency.Record(latency);
    }

    /// <summary>Counts a request that failed for good; <paramref name="failure"/> is the status code or a word.</summary>
    public void CountFailed(int events, string failure) => _failed.AddOrUpdate(failure, events, (_, count) => count + events);

    /// <summary>Counts a request that is not sent because time is over.</summary>
    public void CountUnsent(int events) => Interlocked.Add(ref _unsent, events);

    /// <summary>The closing report.</summary>
    public SimulateReport Report()
    {
        var elapsed = Elapsed.TotalSeconds;
        return new SimulateReport
        {
            Sent = Sent,
            Acknowledged = Acknowledged,
            Failed = new SortedDictionary<string, long>(_failed, StringComparer.Ordinal),
            Unsent = Volatile.Read(ref _unsent),
            Requests = Volatile.Read(ref _requests),
            Retries = Volatile.Read(ref _retries),
            ElapsedSeconds = elapsed,
            EventsPerSecond = Acknowledged / elapsed,
            LatencyMsP50 = Latency.Percentile(50).TotalMilliseconds,
            LatencyMsP90 = Latency.Percentile(90).TotalMilliseconds,
            LatencyMsP99 = Latency.Percentile(99).TotalMilliseconds,
            LatencyMsMax = Latency.Max.TotalMilliseconds,
            CpuMicrosPerEvent = (Environment.CpuUsage.TotalTime - _cpuAtStart).TotalMicroseconds / Math.Max(1, Sent),
        };
    }
}
