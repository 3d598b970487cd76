using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;
using Orleans.Storage;

namespace Orleans.Simulation;

public sealed class ActivationFaultsTests
{
    private readonly Journal _journal = new();
    private readonly MemoryGrainStorage _storage = new(new(System.Text.Json.JsonSerializerDefaults.Web));

    [Fact]
    public void Shed_DeactivatesInGoodOrder() => Simulate(async (scheduler, silo) =>
    {
        var grain = silo.Grains.GetGrain<IStateGrain>("a");
        await grain.Write(1);
        await silo.Faults.ShedAsync(grain);
        _journal.Entries.ShouldContain("a deactivated: HighMemoryPressure");
        silo.Faults.IsActivated(grain).ShouldBeFalse();
        (await grain.Value()).ShouldBe(1);
    });

    [Fact]
    public void Lose_ForgetsMemoryWithoutDeactivating() => Simulate(async (scheduler, silo) =>
    {
        var grain = silo.Grains.GetGrain<IStateGrain>("a");
        await grain.Write(1);
        var before = await grain.Activation();
        silo.Faults.Lose(grain).ShouldBeTrue();
        silo.Faults.Lose(grain).ShouldBeFalse();
        (await grain.Activation()).ShouldNotBe(before);
        (await grain.Value()).ShouldBe(1);
        _journal.Entries.ShouldBeEmpty();
    });

    [Fact]
    public void Lose_DuringACall_TellsTheCallerAndRunsNothingMore() => Simulate(async (scheduler, silo) =>
    {
        var grain = silo.Grains.GetGrain<ILoopGrain>("a");
        await grain.Start();
        await Task.Delay(TimeSpan.FromSeconds(5), scheduler.Time);
        var call = grain.WaitForever();
        await Task.Delay(TimeSpan.FromSeconds(5), scheduler.Time);
        silo.Faults.Lose(grain).ShouldBeTrue();
        var ticks = _journal.Entries.Count;
        await Thrown.ByAsync<SiloUnavailableException>(() => call);
        await Task.Delay(TimeSpan.FromSeconds(20), scheduler.Time);
        _journal.Entries.Count.ShouldBe(ticks);
        ticks.ShouldBeGreaterThan(5);
    });

    [Fact]
    public void Orphan_GoesOnBesideTheNewActivation_UnlessPaused() => Simulate(async (scheduler, silo) =>
    {
        var grain = silo.Grains.GetGrain<ILoopGrain>("a");
        await grain.Start();
        var name = $"loop {await grain.Activation()}";
        var old = silo.Faults.Orphan(grain).ShouldNotBeNull();
        await grain.Start();
        await Task.Delay(TimeSpan.FromSeconds(10), scheduler.Time);
        _journal.Entries.Where(entry => entry.StartsWith("loop", StringComparison.Ordinal)).Distinct().Count().ShouldBe(2);
        // The orphan's calls to its own grain reach the new activation.
        _journal.Entries.Where(entry => entry.StartsWith("asked", StringComparison.Ordinal)).Distinct().Count().ShouldBe(1);
        old.Pause();
        await Task.Delay(TimeSpan.FromSeconds(1), scheduler.Time);
        var ticks = _journal.Entries.Count(entry => entry == name);
        await Task.Delay(TimeSpan.FromSeconds(10), scheduler.Time);
        _journal.Entries.Count(entry => entry == name).ShouldBe(ticks);
        old.Resume();
        await Task.Delay(TimeSpan.FromSeconds(10), scheduler.Time);
        _journal.Entries.Count(entry => entry == name).ShouldBeGreaterThan(ticks);
    });

    [Fact]
    public void Abort_RunsNothingMore_AndASecondEngineFindsWhatWasWritten()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var scheduler = new SimulatedScheduler(seed);
            var silo = Start(scheduler);
            scheduler.Run(async () =>
            {
                var grain = silo.Grains.GetGrain<IStateGrain>($"a{seed}");
                var acknowledged = 0;
                var writer = WriteAsync();
                for (var i = 0; i < seed % 40; i++) await Task.Yield();
                silo.Abort();
                await writer;
                var second = Start(scheduler);
                (await second.Grains.GetGrain<IStateGrain>($"a{seed}").Value()).ShouldBeInRange(acknowledged, acknowledged + 1);
                await second.StopAsync();

                async Task WriteAsync()
                {
                    try
                    {
                        for (var i = 1; i < 100; i++)
                        {
                            await grain.Write(i);
                            acknowledged = i;
                        }
                    }
                    catch (SiloUnavailableException)
                    {
                        // The engine was killed.
                    }
                }
            });
        }
    }

    private void Simulate(Func<SimulatedScheduler, SimulatedSilo, Task> test)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            _journal.Clear();
            var scheduler = new SimulatedScheduler(seed);
            scheduler.Run(async () =>
            {
                var silo = Start(scheduler);
                await test(scheduler, silo);
                silo.Abort();
            });
        }
    }

    private SimulatedSilo Start(SimulatedScheduler scheduler) => SimulatedSilo.Start(scheduler, silo => silo.ConfigureServices(services =>
    {
        services.AddSingleton(_journal);
        services.AddKeyedSingleton<IGrainStorage>("state", _storage);
    }));
}
