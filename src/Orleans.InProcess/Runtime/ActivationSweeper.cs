using Orleans.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Goes through all activations at intervals: fails calls that timed out, ends what is idle or what memory has no room for.</summary>
internal sealed class ActivationSweeper
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);

    private readonly Silo _silo;
    private readonly TimeSpan _responseTimeout;
    private readonly TimeSpan _interval;
    private ITimer? _timer;
    private long _nextExpiry;
    private long _nextCollection;
    private long _nextMemoryCheck;
    private int _sweeping;

    public ActivationSweeper(Silo silo, TimeSpan responseTimeout)
    {
        _silo = silo;
        _responseTimeout = responseTimeout;
        // A call times out about an eighth late, at most.
        _interval = TimeSpan.FromTicks(Math.Clamp(responseTimeout.Ticks / 8, ShortestInterval.Ticks, LongestInterval.Ticks));
        _nextCollection = silo.Collection.CollectionQuantum.Ticks;
        _nextMemoryCheck = silo.Collection.MemoryUsagePollingPeriod.Ticks;
    }

    /// <summary>The share of the available memory that is in use, in percent.</summary>
    public Func<double> MemoryUsage { get; set; } = static () =>
    {
        var memory = GC.GetGCMemoryInfo();
        return 100.0 * memory.HeapSizeBytes / memory.TotalAvailableMemoryBytes;
    };

    public void Start()
    {
        using (ExecutionContext.SuppressFlow())
            _timer = _silo.Time.CreateTimer(static sweeper => ((ActivationSweeper)sweeper!).TrySweep(), this, _interval, _interval);
    }

    public void Stop() => _timer?.Dispose();

    private void TrySweep()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 1) return;
        try
        {
            Sweep();
        }
        catch (Exception exception)
        {
            // On a timer thread: an exception would end the process.
            _silo.Log.SweepFailed(exception);
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }

    private void Sweep()
    {
        _silo.Clock.Advance();
        var now = _silo.Clock.Now;
        if (now >= _nextExpiry)
        {
            // Not each time: to look at a hundred thousand activations takes milliseconds.
            _nextExpiry = now + _responseTimeout.Ticks / 8;
            FailExpiredCalls(now);
        }

        if (now >= _nextCollection)
        {
            _nextCollection = now + _silo.Collection.CollectionQuantum.Ticks;
            End(
                _silo.Directory.All().Where(activation => activation.IsStale(now)).OrderBy(activation => activation.Number),
                new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The activation was idle for its collection age."));
        }

        if (_silo.Collection.EnableActivationSheddingOnMemoryPressure && now >= _nextMemoryCheck)
        {
            _nextMemoryCheck = now + _silo.Collection.MemoryUsagePollingPeriod.Ticks;
            Shed(now);
        }
    }

    private void FailExpiredCalls(long now)
    {
        List<(Activation Activation, List<GrainCall> Calls)>? found = null;
        foreach (var activation in _silo.Directory.All())
        {
            if (!activation.Scheduler.MayHaveCalls) continue;
            var calls = new List<GrainCall>();
            activation.Scheduler.FindExpired(now - _responseTimeout.Ticks, calls);
            if (calls.Count > 0) (found ??= []).Add((activation, calls));
        }

        if (found is null) return;
        foreach (var (activation, calls) in found.OrderBy(item => item.Activation.Number))
        {
            foreach (var call in calls)
            {
                call.FailOutside(new TimeoutException(
                    $"{call.Method} on {activation.GrainId} was not answered within {_responseTimeout}. It may still run to its end."));
            }
        }
    }

    private void Shed(long now)
    {
        var usage = MemoryUsage();
        var options = _silo.Collection;
        if (usage < options.MemoryUsageLimitPercentage) return;
        var idle = _silo.Directory.All().Where(activation => activation.IsIdle(now)).ToList();
        var share = (usage - options.MemoryUsageTargetPercentage) / usage;
        var count = Math.Min(idle.Count, (int)Math.Ceiling(_silo.Directory.Count * share));
        _silo.Log.MemoryPressure(usage, count, _silo.Directory.Count);
        End(
            idle.OrderBy(activation => activation.LastUsed).ThenBy(activation => activation.Number).Take(count),
            new DeactivationReason(DeactivationReasonCode.HighMemoryPressure, $"Memory use is {usage:F0} %."));
    }

    private static void End(IEnumerable<Activation> activations, DeactivationReason reason)
    {
        foreach (var activation in activations.ToList()) activation.Deactivate(reason);
    }
}
