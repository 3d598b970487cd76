namespace Snowplow.Silo.Serve;

/// <summary>
/// Gives back what a burst of events has left in memory, once the server is at rest: the garbage collector comes when memory is asked for, and
/// at rest nobody asks. A collection that gives everything back pauses the process in proportion to what lives, so each burst has one.
/// </summary>
internal sealed class MemoryAtRest(TimeProvider time) : BackgroundService
{
    // Bytes allocated in one interval: some thousand events a second, and some hundred.
    private const long Burst = 512L << 20;
    private const long Rest = 128L << 20;

    // So many quiet ones in a row, since grains stay for a minute after their last event.
    private const int QuietIntervals = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private long _allocated;
    private bool _wasBurst;
    private int _quiet;

    /// <summary>Whether memory is to be given back now; asked once an interval.</summary>
    /// <param name="allocatedBytes">All that was ever allocated.</param>
    public bool IsDue(long allocatedBytes)
    {
        var since = allocatedBytes - _allocated;
        _allocated = allocatedBytes;
        _wasBurst |= since >= Burst;
        _quiet = since < Rest ? _quiet + 1 : 0;
        if (!_wasBurst || _quiet < QuietIntervals) return false;
        _wasBurst = false;
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsDue(GC.GetTotalAllocatedBytes())) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
    }
}
