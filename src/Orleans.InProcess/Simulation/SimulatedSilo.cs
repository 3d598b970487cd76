using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Simulation;

/// <summary>An engine within a simulation. Several may follow each other over the same storage, as processes do.</summary>
public sealed class SimulatedSilo
{
    private readonly ServiceProvider _services;

    private SimulatedSilo(ServiceProvider services) => _services = services;

    /// <summary>References to the engine's grains.</summary>
    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    /// <summary>The engine's services.</summary>
    public IServiceProvider Services => _services;

    /// <summary>What may go wrong.</summary>
    public ActivationFaults Faults => _services.GetRequiredService<ActivationFaults>();

    /// <summary>Starts an engine with the simulation's clock and turns. Hosted services are not started.</summary>
    public static SimulatedSilo Start(SimulatedScheduler scheduler, Action<ISiloBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        services.AddSingleton<TurnScheduler>(scheduler);
        services.AddSingleton<TimeProvider>(scheduler.Time);
        services.AddOrleans(configure);
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<Silo>().Start();
        return new SimulatedSilo(provider);
    }

    /// <summary>Shuts down in good order, within 30 seconds of virtual time.</summary>
    public async Task StopAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), _services.GetRequiredService<TimeProvider>());
        await _services.GetRequiredService<Silo>().StopAsync(deadline.Token);
        await _services.DisposeAsync();
    }

    /// <summary>Ends as <c>kill -9</c> does: nothing queued runs again, nothing is disposed.</summary>
    public void Abort() => Faults.Abort();
}
