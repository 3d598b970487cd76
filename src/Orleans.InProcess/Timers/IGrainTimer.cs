namespace Orleans.Runtime;

/// <summary>A grain's timer. Disposing it ends it; a tick that runs is cancelled.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Starts the timer anew; during a tick, from that tick's end.</summary>
    /// <param name="dueTime">Time to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">Time from a tick's end to the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
