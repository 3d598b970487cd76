namespace Orleans.Simulation;

/// <summary>Brings continuations of code outside of grains back to the simulation.</summary>
internal sealed class SimulationContext(SimulatedScheduler scheduler) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => scheduler.Post(d, state);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("The simulation has one thread: waiting for it on itself would never end.");

    public override SynchronizationContext CreateCopy() => this;
}
