using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;
using Orleans.Configuration;
using Orleans.Simulation;

namespace Orleans.Engine;

/// <summary>Calls, deactivations and sheddings at random: a grain never has two activations, and every call is answered.</summary>
public sealed class SingleActivationTests
{
    private const int Grains = 5;

    private static readonly int Seeds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 5_000 : 200;

    private readonly ConcurrentDictionary<long, object> _activations = new();

    [Fact]
    public void Simulated_UnderManySeeds_GrainsStaySingle()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var scheduler = new SimulatedScheduler(seed) { EarlyTimerChance = 0.01 };
            scheduler.Run(async () =>
            {
                var silo = SimulatedSilo.Start(scheduler, Configure);
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DriveAsync(silo.Grains, silo.Faults, scheduler.Random, calls: 30)));
                await silo.StopAsync();
            });
            _activations.ShouldBeEmpty($"seed {seed}");
        }
    }

    [Fact]
    public async Task OnTheThreadPool_UnderLoad_GrainsStaySingle()
    {
        await using (var engine = await GrainEngine.StartAsync(Configure))
        {
            var faults = engine.Services.GetRequiredService<ActivationFaults>();
            await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => DriveAsync(engine.Grains, faults, new Random(i), calls: 2_000))));
        }

        _activations.ShouldBeEmpty();
    }

    private void Configure(ISiloBuilder silo) => silo
        .Configure<SiloMessagingOptions>(options => options.MaxForwardCount = 1_000)
        .ConfigureServices(services => services.AddSingleton(_activations));

    private static async Task DriveAsync(IGrainFactory grains, ActivationFaults faults, Random random, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            var grain = grains.GetGrain<ISingleGrain>(random.Next(Grains));
            switch (random.Next(10))
            {
                case 0:
                    await grain.Leave();
                    break;
                case 1:
                    await faults.ShedAsync(grain);
                    break;
                default:
                    (await grain.Touch()).ShouldBeGreaterThan(0);
                    break;
            }
        }
    }
}
