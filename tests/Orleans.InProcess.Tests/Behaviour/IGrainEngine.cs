namespace Orleans.Behaviour;

/// <summary>A started engine. The in-process engine and the cluster each have a <c>GrainEngine</c> that makes one.</summary>
public interface IGrainEngine : IAsyncDisposable
{
    IGrainFactory Grains { get; }

    IServiceProvider Services { get; }

    Task StopAsync();
}
