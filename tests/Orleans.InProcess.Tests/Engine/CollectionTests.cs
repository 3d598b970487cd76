using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;
using Orleans.Configuration;
using Orleans.Simulation;

namespace Orleans.Engine;

public sealed class CollectionTests
{
    private readonly Journal _journal = new();
    private readonly SimulatedScheduler _scheduler = new(11);

    [Fact]
    public void IdleGrain_AfterItsCollectionAge_IsDeactivated() => Run(async silo =>
    {
        var grain = silo.Grains.GetGrain<ILifecycleGrain>(1);
        await grain.Key();
        await Task.Delay(TimeSpan.FromMinutes(9), _scheduler.Time);
        await grain.Key();
        await Task.Delay(TimeSpan.FromMinutes(9), _scheduler.Time);
        silo.Faults.IsActivated(grain).ShouldBeTrue();
        await Task.Delay(TimeSpan.FromMinutes(3), _scheduler.Time);
        silo.Faults.IsActivated(grain).ShouldBeFalse();
        _journal.Entries[^1].ShouldBe("1 deactivated: ActivationIdle");
    });

    [Fact]
    public void IdleGrain_WithATimer_IsStillDeactivated() => Run(async silo =>
    {
        var grain = silo.Grains.GetGrain<ILifecycleGrain>(1);
        await grain.StartTimer(TimeSpan.FromMinutes(1));
        await Task.Delay(TimeSpan.FromMinutes(30), _scheduler.Time);
        _journal.Entries[^1].ShouldBe("1 deactivated: ActivationIdle");
        _journal.Entries.ShouldContain("1 tick 8");
        _journal.Entries.ShouldNotContain("1 tick 13");
    });

    [Fact]
    public void KeptAliveGrain_IsNeverDeactivated() => Run(async silo =>
    {
        var grain = silo.Grains.GetGrain<IKeptGrain>("a");
        await grain.Touch();
        await Task.Delay(TimeSpan.FromDays(1), _scheduler.Time);
        silo.Faults.IsActivated(grain).ShouldBeTrue();
    });

    [Fact]
    public void DelayDeactivation_KeepsAnIdleGrainForThatTime() => Run(async silo =>
    {
        var grain = silo.Grains.GetGrain<IDelayingGrain>("a");
        await grain.Delay(TimeSpan.FromHours(1));
        await Task.Delay(TimeSpan.FromMinutes(55), _scheduler.Time);
        silo.Faults.IsActivated(grain).ShouldBeTrue();
        await Task.Delay(TimeSpan.FromMinutes(10), _scheduler.Time);
        silo.Faults.IsActivated(grain).ShouldBeFalse();
    });

    [Fact]
    public void MemoryPressure_EndsTheLongestIdle_UntilTheTarget() => Run(async silo =>
    {
        for (var i = 0; i < 100; i++)
        {
            await silo.Grains.GetGrain<ILifecycleGrain>(i).Key();
            await Task.Delay(TimeSpan.FromSeconds(2), _scheduler.Time);
        }

        var memory = 100.0;
        silo.Services.GetRequiredService<Silo>().Sweeper.MemoryUsage = () => memory;
        await Task.Delay(TimeSpan.FromSeconds(7), _scheduler.Time);
        memory = 10;
        await Task.Delay(TimeSpan.FromSeconds(60), _scheduler.Time);
        var ended = Enumerable.Range(0, 100).Where(i => !silo.Faults.IsActivated(silo.Grains.GetGrain<ILifecycleGrain>(i))).ToList();
        ended.ShouldBe(Enumerable.Range(0, ended.Count));
        ended.Count.ShouldBeInRange(25, 50);
        _journal.Entries.ShouldContain("0 deactivated: HighMemoryPressure");
    });

    private void Run(Func<SimulatedSilo, Task> test) => _scheduler.Run(async () =>
    {
        var silo = SimulatedSilo.Start(_scheduler, silo => silo
            .Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionAge = TimeSpan.FromMinutes(10);
                options.EnableActivationSheddingOnMemoryPressure = true;
            })
            .ConfigureServices(services => services.AddSingleton(_journal)));
        silo.Services.GetRequiredService<Silo>().Sweeper.MemoryUsage = () => 0;
        await test(silo);
        await silo.StopAsync();
    });
}
