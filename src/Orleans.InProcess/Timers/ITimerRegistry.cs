using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Makes timers for grains that do not derive from <see cref="Grain"/>.</summary>
public interface ITimerRegistry
{
    /// <summary>Calls <paramref name="callback"/> at intervals as a turn of the grain, until disposed or deactivated.</summary>
    IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
}
