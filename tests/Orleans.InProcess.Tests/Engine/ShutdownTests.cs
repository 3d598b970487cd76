using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;
using Orleans.Simulation;

namespace Orleans.Engine;

public sealed class ShutdownTests
{
    private readonly Journal _journal = new();
    private readonly SimulatedScheduler _scheduler = new(12);

    [Fact]
    public void Stop_LetsRunningCallsEnd_ThenDeactivates() => Run(async silo =>
    {
        var running = silo.Grains.GetGrain<IInterleavingGrain>("a").Hold("gate");
        var kept = silo.Grains.GetGrain<ILifecycleGrain>(1);
        await kept.Key();
        var stopping = silo.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), _scheduler.Time);
        stopping.IsCompleted.ShouldBeFalse();
        _journal.Set("gate");
        await running;
        await stopping;
        _journal.Entries.ShouldContain("1 deactivated: ShuttingDown");
    });

    [Fact]
    public void Stop_FromThenOn_CallsAreRefused() => Run(async silo =>
    {
        var grain = silo.Grains.GetGrain<ILifecycleGrain>(1);
        await grain.Key();
        await silo.StopAsync();
        (await Thrown.ByAsync<SiloUnavailableException>(grain.Key)).Message.ShouldContain("stopped");
    });

    [Fact]
    public void Stop_WhenACallHangs_EndsAtTheDeadline() => Run(async silo =>
    {
        var hanging = silo.Grains.GetGrain<IDelayingGrain>("a").Hang();
        await Task.Delay(TimeSpan.FromSeconds(1), _scheduler.Time);
        var start = _scheduler.Time.Elapsed;
        await silo.StopAsync();
        (_scheduler.Time.Elapsed - start).ShouldBeInRange(TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
        // Its caller's own wait and the engine's deadline are equally long: either may end it.
        await Thrown.ByAsync<Exception>(() => hanging);
    });

    [Fact]
    public void Call_BeforeTheEngineStarted_SaysWhatToDo() => _scheduler.Run(async () =>
    {
        var services = new ServiceCollection();
        Microsoft.Extensions.Hosting.OrleansSiloGenericHostExtensions.AddOrleans(services, static _ => { });
        await using var provider = services.AddSingleton(_journal).BuildServiceProvider();
        var grain = provider.GetRequiredService<IGrainFactory>().GetGrain<ILifecycleGrain>(1);
        (await Thrown.ByAsync<SiloUnavailableException>(grain.Key)).Message.ShouldContain("after UseOrleans");
    });

    [Fact]
    public void FailedActivation_LeavesNone_SoThatTheNextCallTriesAgain() => Run(async silo =>
    {
        var grain = silo.Grains.GetGrain<ILifecycleGrain>(-1);
        await Thrown.ByAsync<NotSupportedException>(grain.Key);
        silo.Faults.IsActivated(grain).ShouldBeFalse();
        _journal.Set("healed");
        (await grain.Key()).ShouldBe(-1);
        _journal.Entries.ShouldBe(["-1 activated", "-1 activated", "-1 called"]);
        await silo.StopAsync();
    });

    private void Run(Func<SimulatedSilo, Task> test) => _scheduler.Run(() => test(SimulatedSilo.Start(
        _scheduler, silo => silo.ConfigureServices(services => services.AddSingleton(_journal)))));
}
