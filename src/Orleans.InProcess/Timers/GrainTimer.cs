using Orleans.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A grain's timer: each tick is a call to the activation, and the next one is armed when it has ended.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private TimeSpan _next;
    private TimeSpan _period;
    private bool _ticking;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        Check(options.DueTime);
        Check(options.Period);
        _activation = activation;
        _options = options;
        _period = options.Period;
        activation.Add(this);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Silo.Time.CreateTimer(
                static timer => ((GrainTimer)timer!).Tick(), this, options.DueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime);
        Check(period);
        lock (_lock)
        {
            _next = dueTime;
            _period = period;
            if (!_ticking) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _timer.Dispose();
        _activation.Remove(this);
    }

    protected abstract Task CallAsync(CancellationToken cancellationToken);

    private void Tick()
    {
        lock (_lock)
        {
            if (_ticking || _disposed.IsCancellationRequested) return;
            _ticking = true;
            _next = _period;
        }

        _activation.TryEnqueue(new TickCall(this));
    }

    private async Task RunAsync()
    {
        try
        {
            if (!_disposed.IsCancellationRequested) await CallAsync(_disposed.Token);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The tick ended because the timer did.
        }
        finally
        {
            lock (_lock)
            {
                _ticking = false;
                if (!_disposed.IsCancellationRequested) _timer.Change(_next, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private static void Check(TimeSpan time)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(time), time, "A timer's times are zero or more, or Timeout.InfiniteTimeSpan.");
    }

    private sealed class TickCall(GrainTimer timer) : VoidGrainCall
    {
        public override string Method => "Timer.Tick";

        public override GrainCallOptions Options =>
            timer._options.Interleave ? GrainCallOptions.AlwaysInterleave : GrainCallOptions.None;

        internal override bool IsLocal => true;

        internal override bool KeepsAlive => timer._options.KeepAlive;

        protected override Task CallAsync(object grain) => timer.RunAsync();

        internal override void Answer(Task completed)
        {
            if (completed.Exception?.InnerException is { } exception) timer._activation.Silo.Log.TimerFailed(timer._activation.GrainId, exception);
        }
    }
}
