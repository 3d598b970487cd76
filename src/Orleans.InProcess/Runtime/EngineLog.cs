using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>The engine's log messages.</summary>
internal sealed partial class EngineLog(ILogger<EngineLog> logger)
{
    [LoggerMessage(1, LogLevel.Error, "Grain {GrainId} failed to activate.")]
    public partial void ActivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "OnDeactivateAsync of grain {GrainId} failed; its activation ends all the same.")]
    public partial void DeactivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Disposing grain {GrainId} or its services failed.")]
    public partial void DisposeFailed(GrainId grainId, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "A state write of grain {GrainId} lost its ETag; its activation ends.")]
    public partial void StateConflict(GrainId grainId, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "A timer of grain {GrainId} failed; it goes on.")]
    public partial void TimerFailed(GrainId grainId, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "{Count} activations had not ended at the deadline of the shutdown, among them {Some}.")]
    public partial void ShutdownIncomplete(int count, string some);

    [LoggerMessage(7, LogLevel.Information, "Memory use is {Percentage:F0} % of what is available: ending {Count} of {Total} activations.")]
    public partial void MemoryPressure(double percentage, int count, int total);

    [LoggerMessage(8, LogLevel.Error, "Looking for timed-out calls and idle activations failed; it is tried again.")]
    public partial void SweepFailed(Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "An observer of stream {Stream} failed on an item; the next one follows.")]
    public partial void ObserverFailed(string stream, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "A one-way call or tick of {Method} at grain {GrainId} failed.")]
    public partial void OneWayCallFailed(string method, GrainId grainId, Exception exception);
}
