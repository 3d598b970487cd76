namespace Orleans.Simulation;

/// <summary>A continuation of code outside of grains.</summary>
internal sealed class PostedStep(SendOrPostCallback callback, object? state)
{
    public void Run() => callback(state);
}
